"""Sentences the composer starts from; the advisor and the client change them freely.

Our own wording, for an office that acts on its statutory task: nobody is asked to consent
to the processing of data, they are told about it (domain, rules of practice, 4).
"""

from django.utils.translation import gettext as _

from clients.contract_content import ContractContent, Difficulty


def starting_content() -> ContractContent:
    """The texts of a new contract, in the active language; goals are left to the two."""
    return ContractContent(
        advisor_duties=(
            _("leads the conversations and explains what each of them is for"),
            _("writes down only what serves the balance and shows it to the client"),
            _("chooses methods that suit the client and says what they do not tell"),
            _("prepares the report and goes through it with the client before it is finished"),
        ),
        client_duties=(
            _("takes part in the arranged meetings or calls them off a day earlier"),
            _("does the short tasks between the meetings and says when one is too much"),
            _("collects documents and examples that show what they can do"),
            _("checks what was written and says openly what does not fit"),
        ),
        confidentiality=_(
            "What is said in the meetings stays between the client and the advisor. The notes "
            "are stored encrypted. The report belongs to the client, who decides whom to show it. "
            "The client can see at any time who looked at their data."
        ),
        confidentiality_limits=_(
            "The advisor may have to tell others when somebody's life or health is in danger or "
            "when the law demands it, and tells the client first if possible. The manager of the "
            "office may open the case with a stated reason, for instance to stand in for the "
            "advisor."
        ),
        meetings=_(
            "Six meetings of up to 90 minutes, about every two weeks, in the office or by video. "
            "Either side can ask to move a meeting a day before."
        ),
        difficulties=(),
        ending=_(
            "The balance ends when the client has received the final report and talked it "
            "through. The client can stop earlier at any time without giving a reason; the advisor "
            "can end it after a conversation about the reasons. What has been prepared until then "
            "is handed to the client."
        ),
    )


def suggested_difficulties() -> tuple[Difficulty, ...]:
    """Four difficulties that often come up (source 004, criterion 1.2d), with a way out each."""
    return (
        Difficulty(
            _("The tasks between the meetings are not getting done"),
            _("We make them shorter, on paper if that is easier, or do them at the meeting"),
        ),
        Difficulty(
            _("Other duties leave too little strength or time"),
            _("We change the hours of the meetings or take a break with a set end"),
        ),
        Difficulty(
            _("The balance takes longer than planned"),
            _("After the third meeting we check together what is still needed and what is not"),
        ),
        Difficulty(
            _("Other motives begin to compete with the goal"),
            _("We talk about it openly; the decision what comes first is the client's"),
        ),
    )
