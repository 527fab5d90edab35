from django.urls import path

from newsletters.views import articles, writing

urlpatterns = [
    path("manage/", writing.manage, name="manage"),
    path("manage/<slug:slug>/new/", writing.create_issue, name="create_issue"),
    path("issues/<int:pk>/", writing.edit_issue, name="edit_issue"),
    path("issues/<int:pk>/articles/new/", articles.add_article, name="add_article"),
    path("issues/<int:pk>/articles/", writing.place_article, name="place_article"),
    path(
        "issues/<int:pk>/articles/<int:article>/",
        articles.edit_article,
        name="edit_article",
    ),
    path(
        "issues/<int:pk>/articles/<int:article>/move/",
        writing.move_article,
        name="move_article",
    ),
    path(
        "issues/<int:pk>/articles/<int:article>/remove/",
        writing.remove_article,
        name="remove_article",
    ),
]
