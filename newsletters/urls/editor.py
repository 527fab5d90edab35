"""The parts of the editor: settings, pictures, links, and what is not saved yet."""

from django.urls import path

from newsletters.views import articles, links, pictures, settings, unsaved, writing

ARTICLE = "issues/<int:pk>/articles/<int:article>"

urlpatterns = [
    path("manage/new/", settings.create_newsletter, name="create_newsletter"),
    path(
        "manage/<slug:slug>/settings/",
        settings.edit_newsletter,
        name="edit_newsletter",
    ),
    path("manage/markdown/", articles.markdown_help, name="markdown_help"),
    path("issues/<int:pk>/order/", writing.reorder_articles, name="reorder_articles"),
    path(f"{ARTICLE}/pictures/", pictures.edit_pictures, name="edit_pictures"),
    path(f"{ARTICLE}/pictures/back/", pictures.restore_picture, name="restore_picture"),
    path(
        f"{ARTICLE}/pictures/<int:picture>/",
        pictures.change_picture,
        name="change_picture",
    ),
    path(
        f"{ARTICLE}/pictures/<int:picture>/file/",
        pictures.show_picture,
        name="show_picture",
    ),
    path(
        f"{ARTICLE}/pictures/<int:picture>/move/",
        pictures.move_picture,
        name="move_picture",
    ),
    path(
        f"{ARTICLE}/pictures/<int:picture>/remove/",
        pictures.remove_picture,
        name="remove_picture",
    ),
    path(f"{ARTICLE}/links/", links.edit_links, name="edit_links"),
    path(f"{ARTICLE}/links/<int:link>/move/", links.move_link, name="move_link"),
    path(f"{ARTICLE}/links/<int:link>/remove/", links.remove_link, name="remove_link"),
    path("unsaved/<slug:kind>/<int:pk>/", unsaved.keep, name="keep"),
    path("unsaved/<slug:kind>/<int:pk>/open/", unsaved.opened, name="opened"),
    path("unsaved/<slug:kind>/<int:pk>/discard/", unsaved.discard, name="discard"),
]
