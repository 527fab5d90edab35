from django.urls import path

from newsletters.views import (
    preferences,
    public,
    sending,
    subscribers,
    subscribing,
    writing,
)

app_name = "newsletters"
urlpatterns = [
    path("", public.list_newsletters, name="list"),
    path("articles/<slug:slug>/", public.article, name="article"),
    path("confirm/<str:token>/", subscribing.confirm, name="confirm"),
    path("unsubscribe/<str:token>/", subscribing.unsubscribe, name="unsubscribe"),
    path("preferences/", preferences.ask_for_link, name="ask_for_link"),
    path("preferences/<str:token>/", preferences.edit, name="preferences"),
    path(
        "preferences/<str:token>/address/",
        preferences.change_address,
        name="change_address",
    ),
    path(
        "preferences/<str:token>/everything/",
        preferences.everything,
        name="everything",
    ),
    path("preferences/<str:token>/erase/", preferences.erase, name="erase"),
    path("preferences/<str:token>/link/", preferences.mail_link, name="mail_link"),
    path("address/<str:token>/", preferences.confirm_address, name="confirm_address"),
    path("manage/", writing.manage, name="manage"),
    path("manage/<slug:slug>/new/", writing.create_issue, name="create_issue"),
    path(
        "manage/<slug:slug>/subscribers/", subscribers.subscribers, name="subscribers"
    ),
    path("manage/<slug:slug>/enter/", subscribers.enter, name="enter"),
    path(
        "manage/<slug:slug>/import/",
        subscribers.import_subscribers,
        name="import_subscribers",
    ),
    path(
        "manage/<slug:slug>/import/apply/",
        subscribers.apply_import,
        name="apply_import",
    ),
    path("issues/<int:pk>/", writing.edit_issue, name="edit_issue"),
    path("issues/<int:pk>/articles/new/", writing.add_article, name="add_article"),
    path("issues/<int:pk>/articles/", writing.place_article, name="place_article"),
    path(
        "issues/<int:pk>/articles/<int:article>/",
        writing.edit_article,
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
    path("issues/<int:pk>/preview/", sending.preview, name="preview"),
    path(
        "issues/<int:pk>/preview/<str:first>/",
        sending.preview_html,
        name="preview_html",
    ),
    path("issues/<int:pk>/send/", sending.send, name="send"),
    path("issues/<int:pk>/progress/", sending.progress, name="progress"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/subscribe/", subscribing.subscribe, name="subscribe"),
    path("<slug:newsletter>/<slug:slug>/", public.issue, name="issue"),
]
