/** The answer page: look, keep what is answered as it is answered, submit once. */
import type { Answers, Survey } from "./api";
import { keep, look, Refused, submit } from "./api";
import { h } from "./dom";
import { questionOf } from "./questions";
import type { Language } from "./words";
import { WORDS } from "./words";

const KEEP_AFTER = 800;
const RETRY_AFTER = 4000;

/** Kept with the page's entry in the browser's history: a survey was answered here, in this language. */
interface Thanked {
  thankedIn?: Language;
}

export class Page {
  private survey: Survey | null = null;
  private answers: Answers = {};
  private unkept: Answers = {};
  private missing = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** From the first touch of Submit until it is answered: what else arrives or is touched says nothing. */
  private sending = false;
  private status = h("p", { class: "status", role: "status" });

  constructor(
    private readonly root: HTMLElement,
    private readonly token: string,
    private language: Language,
    /** The language was asked for: the invitation's own does not count. */
    private readonly chosen = false,
  ) {}

  async start(): Promise<void> {
    const thanked = (history.state as Thanked | null)?.thankedIn;
    if (thanked) return this.thank(thanked);
    this.say("loading");
    try {
      this.survey = await look(this.token);
      this.answers = { ...this.survey.answers };
      if (!this.chosen) this.language = this.survey.language ?? this.language;
      this.draw();
    } catch (error) {
      // 400: what stands in the link can be no token at all.
      if (error instanceof Refused && (error.status === 404 || error.status === 400)) this.end("gone_title", "gone");
      else this.retry(error instanceof Refused && error.status === 429 ? "busy" : "unreachable");
    }
  }

  /** Keep what is not kept yet, also when the page is left. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    const sending = this.unkept;
    if (this.survey === null || this.sending || Object.keys(sending).length === 0) return;
    this.unkept = {};
    try {
      await keep(this.token, sending);
      this.status.textContent = WORDS[this.language].saved;
    } catch (error) {
      this.unkept = { ...sending, ...this.unkept };
      // What came too late to be kept is in what was submitted.
      if (this.submitted()) return;
      if (error instanceof Refused && error.status === 404) return this.end("gone_title", "gone");
      this.status.textContent = WORDS[this.language].unsaved;
      this.timer = setTimeout(() => void this.flush(), RETRY_AFTER);
    }
  }

  private draw(): void {
    const survey = this.survey;
    if (survey === null) return;
    const language = this.language;
    const words = WORDS[language];
    this.head(survey.title[language]);
    const until = new Date(survey.closes_at).toLocaleString(language === "zh" ? "zh-CN" : "en-GB", {
      dateStyle: "medium",
      timeStyle: "short",
    });
    this.status = h("p", { class: "status", role: "status" });
    const form = h(
      "form",
      { novalidate: true, submit: (event) => { event.preventDefault(); void this.send(); } },
      ...survey.questions.map((question) =>
        questionOf({
          question,
          main: question.key === survey.main,
          answers: this.answers,
          language,
          missing: this.missing.has(question.key),
          onAnswer: this.answer,
        }),
      ),
      h("button", { type: "submit" }, words.submit),
      this.status,
    );
    const about = survey.about ? ` · ${survey.about[language]}` : "";
    const phase = survey.phase ? ` · ${words.phase}: ${survey.phase[language]}` : "";
    this.show(
      h(
        "button",
        { type: "button", class: "language", lang: language === "zh" ? "en" : "zh-CN", click: () => this.turn() },
        words.other,
      ),
      ...(survey.firm ? [h("p", { class: "facts" }, survey.firm)] : []),
      h("h1", {}, survey.title[language]),
      h("p", {}, survey.intro[language]),
      h("p", { class: "facts" }, `${words.about}: ${survey.subject}${about}${phase}`),
      h("p", { class: "facts" }, `${survey.anonymous ? words.anonymous : words.personal} ${words.until} ${until}`),
      form,
    );
  }

  private readonly answer = (key: string, value: string | number | null): void => {
    this.answers[key] = value;
    this.unkept[key] = value;
    if (value !== null && this.missing.delete(key)) this.unmark(key);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), KEEP_AFTER);
  };

  private async send(): Promise<void> {
    const survey = this.survey;
    if (survey === null || this.sending) return;
    clearTimeout(this.timer);
    const empty = survey.questions.filter((each) => each.required && (this.answers[each.key] ?? null) === null);
    if (empty.length > 0) return this.mark(empty.map((each) => each.key));
    this.status.textContent = WORDS[this.language].submitting;
    this.sending = true;
    try {
      await submit(this.token, this.answers);
      this.thank(this.language);
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return this.end("gone_title", "gone");
      if (error instanceof Refused && error.status === 422) return this.mark(error.questions);
      this.status.textContent =
        WORDS[this.language][error instanceof Refused && error.status === 429 ? "busy" : "failed"];
    } finally {
      this.sending = false;
    }
  }

  private submitted(): boolean {
    return this.sending || this.survey === null;
  }

  private mark(keys: string[]): void {
    this.missing = new Set(keys);
    this.draw();
    this.status.textContent = WORDS[this.language].missing;
    this.root.querySelector<HTMLElement>(`[name="${CSS.escape(keys[0] ?? "")}"]`)?.focus();
  }

  private unmark(key: string): void {
    const question = this.root.querySelector(`[name="${CSS.escape(key)}"]`)?.closest(".question");
    question?.removeAttribute("data-missing");
    question?.removeAttribute("aria-describedby");
    question?.querySelector(".missing")?.remove();
    if (this.missing.size === 0) this.status.textContent = "";
  }

  private turn(): void {
    this.language = this.language === "zh" ? "en" : "zh";
    this.draw();
    this.root.querySelector<HTMLElement>(".language")?.focus();
  }

  private head(title: string): void {
    document.documentElement.lang = this.language === "zh" ? "zh-CN" : "en";
    document.title = title;
  }

  private show(...nodes: Node[]): void {
    this.root.setAttribute("aria-busy", "false");
    this.root.replaceChildren(...nodes);
  }

  private say(word: "loading"): void {
    this.show(h("p", { class: "status" }, WORDS[this.language][word]));
  }

  private retry(word: "busy" | "unreachable"): void {
    const words = WORDS[this.language];
    this.show(
      h("p", { class: "status", role: "alert" }, words[word]),
      h("button", { type: "button", click: () => void this.start() }, words.again),
    );
  }

  /** Said again when the page is loaded anew; what opened the survey opens it no more, and leaves the address. */
  private thank(language: Language): void {
    this.language = language;
    const thanked: Thanked = { thankedIn: language };
    history.replaceState(thanked, "", location.pathname);
    this.end("thanks_title", "thanks");
  }

  private end(title: "thanks_title" | "gone_title", text: "thanks" | "gone"): void {
    clearTimeout(this.timer);
    this.survey = null;
    const words = WORDS[this.language];
    const heading = h("h1", { tabindex: "-1" }, words[title]);
    this.head(words[title]);
    const sign = title === "thanks_title" ? h("p", { class: "sign", "aria-hidden": "true" }, "✓") : null;
    this.show(h("div", { class: "end" }, sign, heading, h("p", {}, words[text])));
    heading.focus();
  }
}
