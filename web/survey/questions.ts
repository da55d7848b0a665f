/** One question as a group of choices or a text field. */
import type { Answers, Question } from "./api";
import { h } from "./dom";
import type { Language } from "./words";
import { WORDS } from "./words";

interface Asked {
  question: Question;
  /** The one question the survey is about: how satisfied; every other rating says how far something holds. */
  main: boolean;
  answers: Answers;
  language: Language;
  missing: boolean;
  onAnswer: (key: string, value: string | number | null) => void;
}

export function questionOf(asked: Asked): HTMLElement {
  const { question, language, missing } = asked;
  const text = question.kind === "text";
  const words = WORDS[language];
  const title = h("span", {}, question.title[language], question.required ? h("em", {}, ` (${words.required})`) : null);
  const note = missing ? h("p", { class: "missing", id: `${question.key}-missing` }, words.missing) : null;
  if (text) return h("label", { class: "question" }, title, textOf(asked), note);
  return h(
    "fieldset",
    {
      class: "question",
      "data-missing": missing,
      ...(missing ? { "aria-describedby": `${question.key}-missing` } : {}),
    },
    h("legend", {}, title),
    choicesOf(asked),
    note,
  );
}

function textOf({ question, answers, onAnswer }: Asked): HTMLElement {
  const given = answers[question.key];
  const area = h("textarea", {
    rows: "4",
    maxlength: "4000",
    name: question.key,
    input: (event) => {
      const value = (event.target as HTMLTextAreaElement).value;
      onAnswer(question.key, value === "" ? null : value);
    },
  }) as HTMLTextAreaElement;
  area.value = typeof given === "string" ? given : "";
  return area;
}

function choicesOf(asked: Asked): HTMLElement {
  const { question, language } = asked;
  const words = WORDS[language];
  const scale = question.kind === "nps" ? [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] : [1, 2, 3, 4, 5];
  const row = h("div", { class: `scale ${question.kind}` }, ...scale.map((value) => choiceOf(asked, value)));
  if (question.kind !== "nps") return row;
  return h(
    "div",
    {},
    row,
    h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, words.unlikely), h("span", {}, words.likely)),
  );
}

function choiceOf({ question, main, answers, language, onAnswer }: Asked, value: number): HTMLElement {
  const words = WORDS[language];
  const label = question.kind === "rating" ? (main ? words.satisfied : words.holds)[value - 1] : undefined;
  const radio = h("input", {
    type: "radio",
    name: question.key,
    value: String(value),
    change: () => onAnswer(question.key, value),
  }) as HTMLInputElement;
  radio.checked = answers[question.key] === value;
  return h(
    "label",
    {},
    radio,
    h("span", { class: "number" }, String(value)),
    label ? h("span", { class: "word" }, label) : null,
  );
}
