"""The machine of a declaration's states, from docs/domain.md and not from the code."""

TRANSITIONS = {
    ("submitted", "eligible"),
    ("submitted", "voided"),
    ("eligible", "payable"),
    ("eligible", "voided"),
    ("payable", "paid"),
    ("payable", "voided"),
    ("paid", "awaiting_clawback"),
    ("awaiting_clawback", "clawed_back"),
}
# How a declaration that is submitted comes to each state.
WAYS = {
    "submitted": (),
    "eligible": ("eligible",),
    "payable": ("eligible", "payable"),
    "paid": ("eligible", "payable", "paid"),
    "voided": ("voided",),
    "awaiting_clawback": ("eligible", "payable", "paid", "awaiting_clawback"),
    "clawed_back": ("eligible", "payable", "paid", "awaiting_clawback", "clawed_back"),
}
