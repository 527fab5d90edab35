from django.urls import path

from engagement.mail.views import accounts, caught, inbound, sending

app_name = "mail"
urlpatterns = [
    path("", caught.list_caught, name="caught"),
    path("accounts/", accounts.list_accounts, name="accounts"),
    path("back/", inbound.list_inbound, name="inbound"),
    path("back/<int:pk>/", inbound.inbound_message, name="inbound_message"),
    path("check-sending/", sending.check_sending, name="check_sending"),
    path("<str:name>/", caught.caught_message, name="caught_message"),
    path("<str:name>/html/", caught.caught_html, name="caught_html"),
]
