/** Invented people and records of the development firm. */
import type { Case, Client, Contact, Me, User } from "../src/api/types";

const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();
const hence = (hours: number) => ago(-hours);
const pick = <T>(values: readonly T[], index: number) => values[index % values.length] as T;

const NAMES = ["马娟", "赵艳", "陈立", "林晓", "周海", "吴敏", "郑强", "孙宁"];
const CITIES = [["重庆市", "重庆市"], ["四川省", "成都市"], ["广东省", "深圳市"], ["上海市", "上海市"], ["浙江省", "杭州市"]] as const;
const TRADES = ["能源", "零售", "汽车零部件", "医药", "软件"];
const STAGES = ["prospect", "qualified", "negotiating", "active", "dormant", "former"] as const;
const PERMISSIONS = [
  "client:create", "client:edit", "client:stage", "client:archive", "client:bulk", "client:export", "contact:create", "contact:edit", "contact:archive",
  "interaction:create", "interaction:amend", "import:create", "import:undo", "case:open", "case:assign", "case:edit", "case:about", "case:restate", "case:resolve",
  "case:withdraw", "case:wait", "message:post", "note:add", "promise:make", "promise:keep", "promise:renegotiate", "solution:offer", "solution:withdraw", "follow-up:plan",
  "follow-up:record", "user:create", "user:edit",
];

function user(index: number, side: "firm" | "client", more: Partial<User> = {}): User {
  return {
    id: `u${index}`, email: `user${index}@${side === "firm" ? "firm" : "huaxin"}.example`, name: pick(NAMES, index), side, roles: side === "firm" ? [pick(["client_manager", "agent", "admin"] as const, index)] : [], client_id: side === "client" ? "c1" : null,
    client: side === "client" ? { id: "c1", name: "华信精密制造有限公司" } : null, title: null, language: "zh-CN", status: index % 7 === 6 ? "invited" : "active",
    created_at: ago(900), updated_at: ago(90), version: 1, last_seen_at: index % 7 === 6 ? null : ago(index * 3), ...more,
  };
}

function client(index: number): Client {
  const [province, city] = pick(CITIES, index);
  return {
    id: `c${index}`, number: `C-${String(index).padStart(6, "0")}`, legal_name: index === 1 ? "华信精密制造有限公司" : `${city.slice(0, 2)}${pick(["鼎盛", "德邦", "恒达", "宏远", "天佑"], index)}${pick(TRADES, index)}${index % 3 ? "有限公司" : "集团股份有限公司"}`,
    short_name: index === 1 ? "华信精密" : null, aliases: [], credit_code: index % 2 ? "91201164MAP3MR19AP" : null, province, city, industry: pick(TRADES, index),
    main_products: ["储能", "光伏组件"], employees: 320 * (index % 9) + 40, revenue: { amount_minor: 96_000_000_00, currency: "CNY" }, website: "www.example.com.cn", phone: "0755-67796771",
    email_domain: null, source: "行业协会", stage: pick(STAGES, index * 5), owner: index % 4 ? { id: "u0", name: "马娟" } : null, owner_id: index % 4 ? "u0" : null, tags: index % 3 ? ["重点"] : [],
    strength: (index % 9) + 1, likelihood: 5, contract_total: { amount_minor: 350_000_00 * (index % 5), currency: "CNY" }, first_contact_on: "2020-11-17", notes: "2023年做过ERP一期，客户对交付节奏较为敏感。",
    last_contact_at: index % 5 ? ago(index * 20) : null, open_cases: index % 4 === 1 ? 2 : 0, contacts_count: 3, archived_at: null, created_at: ago(5000), updated_at: ago(index), version: 1, can: ["edit", "stage", "archive"],
  };
}

function contact(index: number): Contact {
  return {
    id: `p${index}`, client_id: "c1", name: pick(NAMES, index + 3), title: pick(["人力资源总监", "副总经理", "信息部经理"], index), department: pick(["人力资源部", "总经办", "信息部"], index), mobile: "13040793379", phone: null,
    email: "c0@example-68.com.cn", wechat: null, decision_role: null, preferred_channel: null, do_not_contact: index === 2, do_not_contact_reason: index === 2 ? "本人要求" : null, notes: null, version: 1,
  };
}

function caseOf(index: number): Case {
  const due = [hence(-30), hence(-1.2), hence(0.6), hence(5), hence(26), hence(90), null][index % 7] ?? null;
  const status = pick(["open", "assigned", "in_progress", "solution_offered", "waiting_client", "in_progress", "resolved"] as const, index);
  return {
    id: `k${index}`, number: `K-2026-${String(380 + index).padStart(6, "0")}`, kind: pick(["complaint", "request", "inquiry", "complaint", "praise"] as const, index),
    subject: pick(["现场顾问两次未按时到场，影响蓝图评审", "请补发流程手册第三版", "工时统计口径与合同不一致，希望说明依据并更正", "Training material for the second wave is missing"], index),
    description: "周一与周三的蓝图评审会，约定的顾问都没有按时到场，三个部门的同事白等了一个多小时。", remedy_sought: "希望更换负责人并书面说明。", priority: pick(["urgent", "normal", "high", "low"] as const, index), severity: null,
    status, client: { id: "c1", name: "华信精密制造有限公司" }, client_id: "c1", requester: { id: "u20", name: "郑强" }, requester_id: "u20", assignee: index % 3 ? { id: "u1", name: "赵艳" } : null, assignee_id: index % 3 ? "u1" : null,
    about_user_ids: index === 0 ? ["u3"] : [], channel: "portal", acknowledged_at: ago(30), restated_need: index % 2 ? "希望每次评审前一天确认到场顾问，迟到须提前两小时告知。" : null, need_confirmed_at: index % 4 === 3 ? ago(10) : null, need_awaited: index % 4 === 1,
    next_promise: due ? { id: "pr1", due_at: due, kind: "update", status: "made" } : null, next_due_at: due, resolution: status === "resolved" ? "已更换现场负责人，并书面说明原因。" : null, resolved_at: null, closed_at: null, created_at: ago(40), updated_at: ago(index), version: 3,
    can: ["edit", "assign", "about", "restate", "confirm-need", "resolve", "withdraw", "wait", "reply", "note", "promise", "offer", "follow_up"],
  };
}

const author = { id: "u1", name: "赵艳" };
const requester = { id: "u20", name: "郑强" };

export function makeData() {
  const users = [...Array.from({ length: 12 }, (_, i) => user(i, "firm")), ...Array.from({ length: 4 }, (_, i) => user(20 + i, "client"))];
  const clients = Array.from({ length: 419 }, (_, i) => client(i + 1));
  const cases = Array.from({ length: 24 }, (_, i) => caseOf(i));
  const interactions = Array.from({ length: 4 }, (_, i) => ({
    id: `i${i}`, client_id: "c1", client: { id: "c1", name: "华信精密" }, kind: pick(["call", "visit", "meeting"], i), occurred_at: ago(30 * (i + 1)), contacts: [{ id: "p0", name: "林晓" }], participants: [author],
    summary: "介绍了供应链改善二期的思路，对方关心驻场人数与里程碑付款。", intent: 3, next_step: "发送方案框架", next_step_on: "2026-11-27", locked_at: ago(6), amendments: [], author, author_id: "u0", version: 1, can: ["amend"],
  }));
  const solutions = ["offered", "offered", "declined"].map((status, i) => ({
    id: `s${i}`, case_id: "k3", title: pick(["更换现场负责人", "增加一名驻场协调人", "远程参加评审"], i), description: "由周海接任现场负责人，本周五前完成交接，之后每次评审前一天书面确认到场名单。", cost: i === 1 ? { amount_minor: 3_000_000, currency: "CNY" } : null,
    duration_days: i + 3, risk: pick(["low", "medium"], i), status, decline_reason: status === "declined" ? "需要现场沟通" : null, offered_at: ago(5), offered_by: author, version: 1,
  }));
  const imports = ["ready", "applied", "analysing"].map((status, i) => ({
    id: `m${i}`, file_name: pick(["clients.xlsx", "clients-gb18030.csv", "华东客户.xlsx"], i), status, columns: ["客户名称", "简称", "统一社会信用代码", "省份", "备注1"].map((heading, n) => ({ heading, field: ["legal_name", "short_name", "credit_code", "province", null][n] ?? null, sample: "重庆鼎盛新能源有限公司" })),
    counts: { rows: 419, ready: 407, problems: 12, duplicates: 6, created: status === "applied" ? 401 : 0 }, progress: status === "analysing" ? 0.4 : null, created_at: ago(i * 9 + 1), created_by: author,
  }));
  const steps = [["promise_made", "承诺在明天 15:00 前答复进展。"], ["replied", "赵艳已回复。"], ["assigned", "赵艳负责处理此工单。"], ["acknowledged", "已受理，编号 K-2026-000381。"]].map(([kind, text], i) => ({ id: `st${i}`, at: ago(i * 4 + 1), kind, actor_name: "赵艳", text: { zh: text, en: `Step ${kind}` }, firm_only: kind === "assigned" }));
  const promises = [
    { id: "pr1", case_id: "k1", kind: "update", due_at: hence(3), text: "给出更换人选", status: "made", made_by: author, made_at: ago(2), settled_at: null, note: null, reason: "等待合伙人确认人选", replaces_id: "pr0", version: 1 },
    { id: "pr0", case_id: "k1", kind: "update", due_at: hence(1), text: null, status: "superseded", made_by: author, made_at: ago(9), settled_at: null, note: null, reason: null, replaces_id: null, version: 1 },
    { id: "pr2", case_id: "k1", kind: "first_response", due_at: ago(20), text: null, status: "kept", made_by: author, made_at: ago(28), settled_at: ago(21), note: null, reason: null, replaces_id: null, version: 1 },
  ];
  const followUps = [{ id: "f1", case_id: "k6", due_on: "2026-11-26", status: "scheduled", recorded_at: null, satisfied: null, score: null, notes: null, reopened: false, version: 1, case: { id: "k6", number: "K-2026-000386", subject: "请补发流程手册第三版" } }];
  const messages = [
    { id: "m1", case_id: "k1", body: "周一、周三两次评审都没有等到顾问，请尽快说明。", author: requester, author_name: "郑强", author_side: "client", created_at: ago(30) },
    { id: "m2", case_id: "k1", body: "非常抱歉给您带来不便。我们正在核实情况，明天 15:00 前给您明确答复。", author, author_name: "赵艳", author_side: "firm", created_at: ago(28) },
  ];
  const notes = [{ id: "n1", case_id: "k1", body: "已联系项目总监，当日顾问在另一客户处，排期冲突。", author, created_at: ago(29) }];
  const search = [{ id: "c1", kind: "client", title: "华信精密制造有限公司", number: "C-000001", subtitle: "合作中" }, { id: "k1", kind: "case", title: "请补发流程手册第三版", number: "K-2026-000381" }];
  const audit = Array.from({ length: 30 }, (_, i) => ({ id: `a${i}`, at: ago(i), actor: author, action: pick(["case.assign", "client.edit", "user.invite"], i), record: "K-2026-000381", service: "desk", before: { status: "open" }, after: { status: "assigned" }, request_id: "req-77" }));
  const me = (who: string): Me => {
    const person = who === "client" ? user(20, "client") : user(0, "firm", { name: "马娟", roles: ["client_manager", "admin", "agent"] });
    return {
      user: person, side: person.side, roles: person.roles, client: person.client, demo: true, firm: { name: "远见管理咨询", zone: "Asia/Shanghai", currency: "CNY", language: "zh-CN" },
      memberships: [], permissions: who === "client" ? ["case:open", "case:confirm-need", "message:post", "solution:accept", "solution:decline", "case:withdraw"] : PERMISSIONS,
    };
  };
  const part = (collection: string, row: { id: string }, name: string): unknown => {
    if (collection === "clients") return { client: row, contacts: [0, 1, 2].map(contact), timeline: steps.map((step) => ({ ...step, link: "/cases/k1" })), open_cases: row.id === "c1" ? cases.slice(0, 3) : [] };
    if (collection === "imports") return name === "problems" ? [{ row: 34, column: "C", heading: "统一社会信用代码", value: "91201164MAP3MR19A0", reason: { code: "checksum", text: "校验码不正确，请核对最后一位。" }, severity: "error" }, { row: 339, column: "L", heading: "手机", value: "130407933", reason: { code: "short", text: "手机号码位数不足，应为 11 位。" }, severity: "warning" }] : row;
    return { messages, notes, steps }[name] ?? [];
  };
  const mail = [{ id: "x1", to: "new@firm.example", subject: "邀请您加入 Rapport", sent_at: ago(1), text: "您好，\n请点击以下链接开始使用：\nhttp://127.0.0.1:8080/invitations/abc\n链接七天内有效。" }];
  return { me, part, mail, collections: { users, clients, cases, contacts: [0, 1, 2].map(contact), interactions, solutions, imports, promises, "follow-ups": followUps, search, audit } };
}
