"""Editions: their pages, and what staff do with them."""

from django.urls import path

from engagement.outputs.views import editions, public, withdrawing

_MANAGE = "manage/<slug:slug>/editions/"
urlpatterns = [
    path("<slug:slug>/editions/<int:number>/", public.edition, name="edition"),
    path("manage/<slug:slug>/withdraw/", withdrawing.output, name="withdraw"),
    path("manage/<slug:slug>/restore/", withdrawing.restore_output, name="restore"),
    path(f"{_MANAGE}new/", editions.create, name="create_edition"),
    path(f"{_MANAGE}<int:number>/", editions.edit, name="edit_edition"),
    path(f"{_MANAGE}<int:number>/files/", editions.add_file, name="add_edition_file"),
    path(f"{_MANAGE}<int:number>/publish/", editions.publish, name="publish_edition"),
    path(f"{_MANAGE}<int:number>/remove/", editions.remove, name="remove_edition"),
    path(f"{_MANAGE}<int:number>/correct/", editions.correct, name="correct"),
    path(
        f"{_MANAGE}<int:number>/withdraw/",
        withdrawing.edition,
        name="withdraw_edition",
    ),
    path(
        f"{_MANAGE}<int:number>/restore/",
        withdrawing.restore_edition,
        name="restore_edition",
    ),
]
