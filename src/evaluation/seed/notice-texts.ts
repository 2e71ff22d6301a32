/** The texts of the made-up clinic's notices: what Art 13 asks to be told, in plain words. */

/** By language, BCP 47. */
export type NoticeTexts = Readonly<Record<string, { title: string; text: string }>>

export const RESEARCH_TEXTS: NoticeTexts = {
  en: {
    title: 'Your record in research',
    text: `The evaluation clinic asks whether it may use your health record for research.

What for
Researchers run computer models on your record, for example to estimate risks of heart disease or the course of an operation. What a model finds is research: nobody decides about your care by it.

Which data
Sex, year of birth, diagnoses, measurements, medicines, procedures, genotypes and values from images, under a code. Your name and your address are not shown.

Who answers for it
The evaluation clinic, Research Office, 1 Example Street, Example Town; privacy@clinic.example. Its data protection officer is reached there too.

Who sees them
People who make and check models at the clinic and at institutions that work with it. Each look is recorded, and you may ask who looked.

On what ground
Your explicit consent (GDPR Art 6(1)(a) and 9(2)(a)). You are free to say no; your care does not depend on it.

How long
Until you withdraw, and ten years after the end of a study for what was used in it.

What you may do
You may withdraw at any time, as easily as you gave consent, without giving a reason; what was done before stays lawful. You may see your data, have them corrected, deleted, restricted or handed to you, object, and complain to the data protection authority.
`,
  },
  de: {
    title: 'Ihre Akte in der Forschung',
    text: `Die Evaluationsklinik fragt Sie, ob sie Ihre Krankenakte für die Forschung nutzen darf.

Wofür
Forschende rechnen mit Ihrer Akte Computermodelle, zum Beispiel zum Risiko für Herzkrankheiten oder zum Verlauf einer Operation. Was ein Modell findet, ist Forschung: Niemand entscheidet danach über Ihre Behandlung.

Welche Daten
Geschlecht, Geburtsjahr, Diagnosen, Messwerte, Medikamente, Eingriffe, Genotypen und Werte aus Bildern, unter einem Code. Ihr Name und Ihre Adresse werden nicht gezeigt.

Wer verantwortlich ist
Die Evaluationsklinik, Forschungsbüro, Beispielstrasse 1, Beispielstadt; privacy@clinic.example. Dort ist auch ihre Datenschutzbeauftragte erreichbar.

Wer sie sieht
Menschen, die an der Klinik und bei Einrichtungen, die mit ihr arbeiten, Modelle bauen und prüfen. Jeder Blick wird festgehalten, und Sie dürfen fragen, wer es war.

Auf welcher Grundlage
Ihre ausdrückliche Einwilligung (DSGVO Art. 6 Abs. 1 lit. a und Art. 9 Abs. 2 lit. a). Sie dürfen Nein sagen; Ihre Behandlung hängt nicht davon ab.

Wie lange
Bis Sie widerrufen, und was in einer Studie verwendet wurde, zehn Jahre nach deren Ende.

Was Sie tun können
Sie können jederzeit widerrufen, so einfach, wie Sie eingewilligt haben, ohne Grund; was vorher geschah, bleibt rechtmässig. Sie können Ihre Daten sehen, berichtigen, löschen, einschränken oder sich geben lassen, widersprechen und sich bei der Aufsichtsbehörde beschweren.
`,
  },
}

export const TRIAL_TEXTS: NoticeTexts = {
  en: {
    title: 'Taking part in the heart trial',
    text: `The evaluation clinic asks whether you want to take part in the heart trial, and whether your record may be used in it.

What happens
You are given one of two treatments by chance. Neither you nor your doctors know which until the trial ends or an emergency asks for it.

Which data
Your record from the time you take part, under a code of this trial alone. The sponsor sees the code and never your name.

Who answers for it
The evaluation clinic, Research Office, 1 Example Street, Example Town; privacy@clinic.example, together with the sponsor of the trial.

On what ground
Your explicit consent (GDPR Art 6(1)(a) and 9(2)(a)); the law on medicines asks for the record of a trial to be kept for at least 25 years after it ends, even if you withdraw.

What you may do
You may leave the trial at any time, without giving a reason and without harm to your care. You may see your data, have them corrected, object, and complain to the data protection authority.
`,
  },
  de: {
    title: 'Teilnahme an der Herzstudie',
    text: `Die Evaluationsklinik fragt Sie, ob Sie an der Herzstudie teilnehmen möchten und ob Ihre Akte darin verwendet werden darf.

Was geschieht
Sie erhalten durch Zufall eine von zwei Behandlungen. Weder Sie noch Ihre Ärztinnen und Ärzte wissen, welche, bis die Studie endet oder ein Notfall es verlangt.

Welche Daten
Ihre Akte ab der Teilnahme, unter einem Code, der nur für diese Studie gilt. Der Sponsor sieht den Code und nie Ihren Namen.

Wer verantwortlich ist
Die Evaluationsklinik, Forschungsbüro, Beispielstrasse 1, Beispielstadt; privacy@clinic.example, zusammen mit dem Sponsor der Studie.

Auf welcher Grundlage
Ihre ausdrückliche Einwilligung (DSGVO Art. 6 Abs. 1 lit. a und Art. 9 Abs. 2 lit. a); das Arzneimittelrecht verlangt, dass die Akte einer Studie mindestens 25 Jahre nach ihrem Ende aufbewahrt wird, auch wenn Sie widerrufen.

Was Sie tun können
Sie können die Studie jederzeit verlassen, ohne Grund und ohne Nachteil für Ihre Behandlung. Sie können Ihre Daten sehen, berichtigen lassen, widersprechen und sich bei der Aufsichtsbehörde beschweren.
`,
  },
}
