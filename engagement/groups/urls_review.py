from django.urls import path

from engagement.groups.views import reviews

urlpatterns = [
    path("reviews/<int:pk>/", reviews.show, name="review"),
    path("reviews/<int:pk>/open/", reviews.open_for, name="open_review"),
    path("reviews/<int:pk>/said/", reviews.note, name="note_review"),
    path("reviews/<int:pk>/done/", reviews.finish, name="finish_review"),
    path("reviews/of/<slug:slug>/", reviews.list_reviews, name="reviews"),
]
