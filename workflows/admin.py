"""What an administrator of the office keeps by hand."""

from django.contrib import admin

from .models import CalendarDay


@admin.register(CalendarDay)
class CalendarDayAdmin(admin.ModelAdmin[CalendarDay]):
    list_display = ["day", "working", "note", "source"]
    list_filter = ["working"]
    date_hierarchy = "day"
