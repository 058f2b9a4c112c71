"""The matrix, continued: the pages of managers and what is taken out of the portal."""

MANAGERS: dict[str, tuple[str, ...]] = {
    "managers": (
        "api-manage-list",
        "reporting:caseload",
        "reporting:orphans",
        "reporting:rows",
    ),
    "heads of service": (
        "api-manage-approve-export",
        "api-manage-refuse-export",
        "reporting:decide-export",
    ),
    "managers and analysts": (
        "api-manage-export",
        "api-manage-exports",
        "api-manage-numbers",
        "api-manage-waiting",
        "reporting:ask-export",
        "reporting:exports",
        "reporting:fetch-export",
        "reporting:manage",
        "reporting:measures",
        "reporting:show-export",
        "reporting:waiting",
    ),
    "managers and administrators": (
        "reporting:runs",
        "reporting:try-again",
        "reporting:unverified",
    ),
}
