"""Addresses of files and letters."""

from django.urls import path

from documents.views import files, letters

app_name = "documents"
urlpatterns = [
    path("people/<str:ref>/documents/", files.list_documents, name="list-documents"),
    path("people/<str:ref>/documents/add/", files.add_document, name="add-document"),
    path("people/<str:ref>/documents/<str:document_ref>/", files.download_document, name="download-document"),
    path("people/<str:ref>/letters/write/", letters.write_letter, name="write-letter"),
    path("people/<str:ref>/letters/<str:letter_ref>/", letters.show_letter, name="show-letter"),
    path("people/<str:ref>/letters/<str:letter_ref>/pdf/", letters.download_letter, name="download-letter"),
    path("people/<str:ref>/letters/<str:letter_ref>/give/", letters.give_letter, name="give-letter"),
    path("people/<str:ref>/letters/<str:letter_ref>/again/", letters.make_again, name="make-again"),
    path("people/<str:ref>/letters/<str:letter_ref>/throw-away/", letters.throw_away, name="throw-away"),
]
