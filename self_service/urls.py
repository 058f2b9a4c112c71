"""Addresses of the person's own pages, under /my/."""

from django.urls import path

from self_service import my_details, my_documents, my_messages, my_plan, my_reablement, views

app_name = "self_service"
urlpatterns = [
    path("", views.home, name="home"),
    path("assessment/", views.show_assessment, name="assessment"),
    path("assessment/what-i-think/", views.comment_on_assessment, name="comment-on-assessment"),
    path("budget/", views.show_budget, name="budget"),
    path("budget/read/", views.acknowledge_figures, name="acknowledge-figures"),
    path("budget/this-looks-wrong/", views.ask_about_budget, name="ask-about-budget"),
    path("budget/this-looks-wrong/sent/", views.asked_about_budget, name="asked-about-budget"),
    path("plan/", my_plan.show_plan, name="plan"),
    path("plan/agree/", my_plan.answer_plan, name="answer-plan"),
    path("plan/ask-for-a-review/", my_plan.ask_for_review, name="ask-for-review"),
    path("documents/", my_documents.list_documents, name="documents"),
    path("documents/send/", my_documents.send_file, name="send-file"),
    path("documents/files/<str:ref>/", my_documents.download_file, name="file"),
    path("documents/<str:ref>/", my_documents.show_letter, name="letter"),
    path("documents/<str:ref>/pdf/", my_documents.download_letter, name="letter-pdf"),
    path("documents/<str:ref>/other-format/", my_documents.ask_other_format, name="other-format"),
    path("contact-preferences/", my_details.contact_preferences, name="contact-preferences"),
    path("people/", my_details.show_people, name="people"),
    path("people/<str:ref>/end/", my_details.end_permission, name="end-permission"),
    path("who-looked/", my_details.who_looked, name="who-looked"),
    path("messages/", my_messages.list_messages, name="messages"),
    path("messages/write/", my_messages.write_message, name="write-message"),
    path("messages/<str:ref>/", my_messages.show_message, name="message"),
    path("messages/<str:ref>/draft/", my_messages.autosave_message, name="autosave-message"),
    path("reablement/", my_reablement.show_reablement, name="reablement"),
    path("reablement/this-week/", my_reablement.comment_on_week, name="comment-on-week"),
    path("switch/", views.switch, name="switch"),
]
