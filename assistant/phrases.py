"""Phrases: everything the assistant says in its own words, a short closed list.

Any other word of a reply is a quote. French and English, by key.
"""

from __future__ import annotations

PHRASES: dict[str, dict[str, str]] = {
    "helps": {
        "fr": "La documentation ne répond pas exactement à cette question, mais elle indique :",
        "en": "The documentation does not say exactly that, but it does say:",
    },
    "one_part": {
        "fr": "La documentation ne répond qu’à une partie de votre question :",
        "en": "The documentation answers only part of your question:",
    },
    "individual_helps": {
        "fr": "Je ne peux pas juger d’une situation personnelle. Voici ce que la documentation "
        "indique :",
        "en": "I cannot judge a personal situation. Here is what the documentation says:",
    },
    "past": {
        "fr": "Attention, cette date est passée :",
        "en": "Please note that this date is past:",
    },
    "staff": {
        "fr": "L’équipe de la formation a répondu à cette question :",
        "en": "The programme’s staff have answered this question:",
    },
    "clarify": {
        "fr": "Plusieurs formations peuvent répondre à cette question. De laquelle parlez-vous ?",
        "en": "Several programmes could answer this question. Which one do you mean?",
    },
    "not_documented": {
        "fr": "La documentation de la formation ne le dit pas. Votre question est transmise à "
        "l’équipe, "
        "qui complétera l’information.",
        "en": "The programme’s documentation does not say. Your question is passed on to the "
        "staff, "
        "who will complete the information.",
    },
    "off_topic": {
        "fr": "Je réponds seulement aux questions sur la formation, à partir de sa documentation.",
        "en": "I only answer questions about the programme, from its documentation.",
    },
    "unclear": {
        "fr": "Je n’ai pas compris la question. Pouvez-vous la poser autrement, en quelques mots ?",
        "en": "I did not understand the question. Could you put it another way, in a few words?",
    },
    "individual_case": {
        "fr": "Je ne peux pas juger d’une situation personnelle. L’équipe de la formation "
        "pourra vous répondre.",
        "en": "I cannot judge a personal situation. The programme’s staff will be able to "
        "answer you.",
    },
    "unsafe": {
        "fr": "Je ne peux pas donner suite à ce message. Posez-moi une question sur la "
        "formation : j’y répondrai volontiers.",
        "en": "I cannot follow up on this message. Ask me a question about the programme and I "
        "will gladly answer.",
    },
    "greeting": {
        "fr": "Bonjour ! Quelle est votre question sur la formation ?",
        "en": "Hello! What would you like to know about the programme?",
    },
    "thanks": {
        "fr": "Avec plaisir ! N’hésitez pas si vous avez une autre question.",
        "en": "You are welcome! Feel free to ask another question.",
    },
    "goodbye": {
        "fr": "Au revoir, et bonne continuation !",
        "en": "Goodbye, and all the best!",
    },
    "wellbeing": {
        "fr": "Tout va bien, merci ! Quelle est votre question sur la formation ?",
        "en": "All is well, thank you! What would you like to know about the programme?",
    },
    "identity": {
        "fr": "Oui, je suis un robot : un assistant automatique qui répond en citant la "
        "documentation de la formation. "
        "Quand elle ne dit rien, je le dis, et l’équipe complète l’information.",
        "en": "Yes, I am a robot: an automatic assistant that answers by quoting the "
        "programme’s documentation. "
        "When it says nothing, I say so, and the staff complete the information.",
    },
    "abilities": {
        "fr": "Je réponds aux questions sur la formation (contenu, admission, stages, débouchés…) "
        "en citant sa documentation. Vous pouvez m’écrire en français, en anglais, en espagnol, en "
        "allemand ou en italien.",
        "en": "I answer questions about the programme (content, admission, internships, careers…) "
        "by quoting its documentation. You can write in French, English, Spanish, German or "
        "Italian.",
    },
    "praise": {
        "fr": "Merci, c’est gentil ! N’hésitez pas si vous avez une autre question.",
        "en": "Thank you, that is kind! Feel free to ask another question.",
    },
    "complaint": {
        "fr": "Je suis désolé de ne pas vous aider comme il faudrait. Pouvez-vous poser votre "
        "question sur la formation autrement, en une phrase ?",
        "en": "I am sorry that I am not of more help. Could you put your question about the "
        "programme another way, in one sentence?",
    },
    "acknowledgement": {
        "fr": "Très bien. Avez-vous une autre question sur la formation ?",
        "en": "All right. Do you have another question about the programme?",
    },
}


def phrase(key: str, language: str) -> str:
    """The phrase in the interface's language (English for any other than French)."""
    return PHRASES[key]["fr" if language == "fr" else "en"]
