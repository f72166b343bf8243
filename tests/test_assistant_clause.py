from assistant.clause import clauses


def test_two_questions_in_one_message_are_told_apart() -> None:
    found = clauses("Bonjour. Combien de temps dure le stage et combien ça coûte ?")

    assert found.asked == ("combien de temps dure le stage", "combien ca coute")
    assert "bonjour" in found.context


def test_what_is_only_said_of_oneself_leads_up_to_the_question() -> None:
    found = clauses("je suis salarié, puis-je suivre la formation en alternance ?")

    assert found.asked == ("puis je suivre la formation en alternance",)
    assert found.context == "je suis salarie"


def test_a_sentence_before_the_question_is_context() -> None:
    found = clauses("Je travaille dans une association. Quand ont lieu les cours ?")

    assert found.asked == ("quand ont lieu les cours",)
    assert "association" in found.context


def test_a_question_without_a_mark_is_asked_whole() -> None:
    assert clauses("le stage dure combien de temps").asked == ("le stage dure combien de temps",)
    assert clauses("débouchés CMC").asked == ("debouches cmc",)


def test_no_more_than_four_questions_are_taken_from_a_message() -> None:
    message = "Quand ? " + "Combien coûte la formation ? " * 9

    assert len(clauses(message).asked) == 4


def test_an_empty_message_asks_nothing() -> None:
    assert clauses(" \n ").asked == ()


def test_a_question_in_front_of_another_is_asked_too() -> None:
    hours = clauses("le bureau international ouvre à quelle heure et c'est quoi son téléphone ?")
    free = clauses("Is parking free, and how much are the fees?")

    assert hours.asked == (
        "le bureau international ouvre a quelle heure",
        "c est quoi son telephone",
    )
    assert free.asked == ("is parking free", "how much are the fees")


def test_who_asks_is_no_question() -> None:
    assert clauses("Je suis salariée, et combien coûte l'année ?").asked == (
        "combien coute l annee",
    )
