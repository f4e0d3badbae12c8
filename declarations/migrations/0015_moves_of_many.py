"""Moves of many declarations to another state, and what became of each."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0014_lists_of_staff"),
    ]

    operations = [
        migrations.CreateModel(
            name="StateMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("eligible", "Eligible"),
                            ("payable", "Payable"),
                            ("paid", "Paid"),
                            ("voided", "Voided"),
                            ("awaiting_clawback", "Awaiting clawback"),
                            ("clawed_back", "Clawed back"),
                        ],
                        max_length=20,
                        verbose_name="new state",
                    ),
                ),
                ("why", models.CharField(max_length=200)),
                (
                    "by",
                    models.CharField(
                        help_text="A kind and an id, such as “user 12”.", max_length=100
                    ),
                ),
                ("planned_at", models.DateTimeField()),
                (
                    "begun_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When a member of staff confirmed it; until then a plan.",
                        null=True,
                    ),
                ),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "move of many declarations",
                "verbose_name_plural": "moves of many declarations",
                "ordering": ("-planned_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "to_state__in",
                                [
                                    "submitted",
                                    "eligible",
                                    "payable",
                                    "paid",
                                    "voided",
                                    "awaiting_clawback",
                                    "clawed_back",
                                ],
                            )
                        ),
                        name="statemove_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", ""), _negated=True),
                            models.Q(("why", ""), _negated=True),
                        ),
                        name="statemove_by_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", True),
                            ("begun_at__isnull", False),
                            _connector="OR",
                        ),
                        name="statemove_begun_before_finished",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StateMoveItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("declaration_id", models.UUIDField()),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("submitted", "Submitted"),
                            ("eligible", "Eligible"),
                            ("payable", "Payable"),
                            ("paid", "Paid"),
                            ("voided", "Voided"),
                            ("awaiting_clawback", "Awaiting clawback"),
                            ("clawed_back", "Clawed back"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("moved", "Moved"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, help_text="Why it was refused.", max_length=200),
                ),
                (
                    "move",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="declarations.statemove",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "waiting")),
                        fields=["move", "id"],
                        name="statemoveitem_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("move", "declaration_id"), name="statemoveitem_once_in_a_move"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["waiting", "moved", "refused"])),
                        name="statemoveitem_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="statemoveitem_says_why",
                    ),
                ],
            },
        ),
    ]
