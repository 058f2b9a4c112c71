"""What can be written in the trail about reablement."""

from audit.catalogue import EventCode

REFERRED = "reablement.episode.referred"
TRIAGED = "reablement.episode.triaged"
ACCEPTED = "reablement.episode.accepted"
DECLINED = "reablement.episode.declined"
REDIRECTED = "reablement.episode.redirected"
STARTED = "reablement.episode.started"
PAUSED = "reablement.episode.paused"
RESUMED = "reablement.episode.resumed"
EXTENDED = "reablement.episode.extended"
REVIEW_BOOKED = "reablement.episode.review_booked"
END_REVIEWED = "reablement.episode.end_reviewed"
ENDED = "reablement.episode.ended"
ENDED_EARLY = "reablement.episode.ended_early"
FREE_PERIOD_OVER = "reablement.episode.free_period_over"
LED_BY = "reablement.episode.lead_changed"
FOLLOWED_UP = "reablement.episode.followed_up"
GOAL_ADDED = "reablement.goal.added"
GOAL_CHANGED = "reablement.goal.changed"
GOAL_CLOSED = "reablement.goal.closed"
WEEK_WRITTEN = "reablement.week.written"
COMMENTED = "reablement.week.commented"

CODES = [
    EventCode(REFERRED, "Referred to reablement: {source}", significant=True),
    EventCode(TRIAGED, "Referral to reablement looked at"),
    EventCode(ACCEPTED, "Reablement accepted", significant=True),
    EventCode(DECLINED, "Reablement declined: {reason}", significant=True),
    EventCode(REDIRECTED, "Referral to reablement redirected: {route}", significant=True),
    EventCode(STARTED, "Reablement started; last free day {last_free_on}", significant=True),
    EventCode(PAUSED, "Reablement paused: {reason}", significant=True),
    EventCode(RESUMED, "Reablement taken up again after {days} days away", significant=True),
    EventCode(EXTENDED, "Reablement extended to {new_end_on}: {reason}", significant=True),
    EventCode(REVIEW_BOOKED, "End review of reablement booked for {on}"),
    EventCode(END_REVIEWED, "End review of reablement held on {on}", significant=True),
    EventCode(ENDED, "Reablement ended: {outcome}", significant=True),
    EventCode(ENDED_EARLY, "Reablement ended early: {reason}", significant=True),
    EventCode(FREE_PERIOD_OVER, "The free weeks of reablement are over; chargeable from {charge_from_on}"),
    EventCode(LED_BY, "Reablement is led by {lead}"),
    EventCode(FOLLOWED_UP, "Looked at where the person is {days} days after leaving hospital"),
    EventCode(GOAL_ADDED, "Goal {number} of reablement agreed"),
    EventCode(GOAL_CHANGED, "Goal {number} of reablement changed"),
    EventCode(GOAL_CLOSED, "Goal {number} of reablement closed: {status}"),
    EventCode(WEEK_WRITTEN, "Week {week} of reablement written up"),
    EventCode(COMMENTED, "Comment on week {week} of reablement from the person’s own pages"),
]

# What a line in the portal says.
SENTENCES = {
    "reablement.given": "Reablement was given to you to lead",
    "reablement.commented": "Somebody you work with has commented on their week",
    "reablement.extended": "Your reablement goes on for longer",
}
