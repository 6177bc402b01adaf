"""Which part answers which address."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("gensvar.desk.urls")),
]

handler500 = "gensvar.desk.guard.trouble"
