from django.urls import path

from engagement.people.views import audiences, rules

urlpatterns = [
    path("audiences/", audiences.list_audiences, name="audiences"),
    path("audiences/new/", audiences.create, name="audience_new"),
    path("audiences/<slug:slug>/", audiences.detail, name="audience"),
    path("audiences/<slug:slug>/name/", audiences.rename, name="audience_rename"),
    path("audiences/<slug:slug>/delete/", audiences.delete, name="audience_delete"),
    path(
        "audiences/<slug:slug>/unreachable/",
        audiences.unreachable,
        name="audience_unreachable",
    ),
    path("audiences/<slug:slug>/why/", audiences.why, name="audience_why"),
    path("audiences/<slug:slug>/rule/", rules.edit, name="audience_edit"),
    path("audiences/<slug:slug>/rule/step/", rules.step, name="audience_step"),
    path("audiences/<slug:slug>/rule/add/", rules.add, name="audience_add"),
    path(
        "audiences/<slug:slug>/rule/<str:place>/", rules.change, name="audience_change"
    ),
]
