from django.urls import path

from newsletters.views import objecting, preferences, subscribing

urlpatterns = [
    path("confirm/<str:token>/", subscribing.confirm, name="confirm"),
    path("unsubscribe/<str:token>/", subscribing.unsubscribe, name="unsubscribe"),
    path("objection/<str:token>/", objecting.objection, name="objection"),
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
]
