"""The register, what people tell us, recommendations, and the graph."""

from django.urls import path

from engagement.evidence.views import (
    graphs,
    public,
    recommendations,
    register,
    sources,
    submissions,
    telling,
)

urlpatterns = [
    path("commitments/<int:pk>/", register.record, name="record"),
    path("entries/<slug:slug>/", public.entry, name="entry"),
    path("manage/", register.manage, name="manage"),
    path("manage/new/", register.create, name="create"),
    path("manage/<int:pk>/", register.detail, name="show"),
    path("manage/<int:pk>/edit/", register.edit, name="edit"),
    path("manage/<int:pk>/ties/", register.ties, name="edit_ties"),
    path("manage/<int:pk>/consent/", register.consent, name="consent"),
    path("manage/<int:pk>/publish/", register.publish, name="publish"),
    path("manage/<int:pk>/unpublish/", register.unpublish, name="unpublish"),
    path("manage/<int:pk>/sources/", sources.add, name="add_source"),
    path("manage/<int:pk>/path/", sources.add_step, name="add_step"),
    path("sources/<int:pk>/file/", sources.file, name="source_file"),
    path("sources/<int:pk>/remove/", sources.remove, name="remove_source"),
    path("path/<int:pk>/remove/", sources.remove_step, name="remove_step"),
    path("tell/<slug:kind>/<int:pk>/", telling.tell, name="tell"),
    path("told/", telling.told, name="told"),
    path("submissions/", submissions.list_all, name="submissions"),
    path("submissions/<int:pk>/", submissions.detail, name="submission"),
    path("submissions/<int:pk>/enter/", submissions.take_up, name="take_up"),
    path("submissions/<int:pk>/decline/", submissions.decline, name="decline"),
    path("recommendations/", recommendations.public_list, name="recommendations"),
    path(
        "recommendations/manage/", recommendations.manage, name="manage_recommendations"
    ),
    path("recommendations/<int:pk>/", recommendations.detail, name="recommendation"),
    path(
        "recommendations/<int:pk>/note/",
        recommendations.note,
        name="note_recommendation",
    ),
    path("graph/<slug:kind>/<int:pk>/", graphs.around, name="graph"),
    path(
        "graph/<slug:kind>/<int:pk>/data.jsonld", graphs.thing_data, name="graph_data"
    ),
    path("<slug:slug>/data.jsonld", graphs.study_data, name="study_data"),
]
