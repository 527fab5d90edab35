from django.urls import path

from engagement.metrics.views import methods, objecting, reading, recounts

app_name = "metrics"
_THING = "readership/<slug:kind>/<int:pk>/"
urlpatterns = [
    path("methods/", methods.methods, name="methods"),
    path("readership/", reading.overview, name="overview"),
    path("readership/objection/", objecting.objection, name="objection"),
    path("readership/count/", recounts.ask, name="ask_recount"),
    path("readership/count/progress/", recounts.progress, name="recount_progress"),
    path(
        "readership/counter/<slug:name>.tsv",
        reading.counter_table,
        name="counter_table",
    ),
    path(_THING, reading.item, name="item"),
    path(f"{_THING}readership.csv", reading.item_csv, name="item_csv"),
    path(f"{_THING}readership.json", reading.item_json, name="item_json"),
]
