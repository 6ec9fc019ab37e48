// Counts what a person keeps true by hand when a column changes: node scripts/count-sql.mjs [--lines] [FOLDER]
//
//   mapping   a line that takes a column out of a row: row.getString("name"), Sql.instant(row, "at")
//   own SQL   a line of the text of a statement that `Sql` runs, whose rows somebody maps
//   @Query    a line of the text of a repository's statement: its rows are mapped by code made at compile time
//
// Blank lines and comments do not count. Left out are the mechanism (`database`), the roles' and migrations' set-up
// with it, and what docs/decisions/0014 calls the hot path: `runs`, the turns of a thread, and reserving and settling.
// The figure that is held to a bar is mapping + own SQL. FOLDER: another copy of the sources, such as an earlier one's.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const HOT_FILES = [/^runs\//, /^database\//];
const HOT_MEMBERS = [
  { file: /^budgets\/BudgetStore\.java$/, members: [/ List<Line> spend\(/, / Line line\(/] },
  { file: /^threads\/ThreadStore\.java$/, members: [/ List<\S*Turn> turns\(/, / \S*Turn turn\(/] },
];
// Before version 0.1.0's approvals became the engine's questions, these were statements of the engine too.
const FORMER_ENGINE = [
  { file: /^approvals\/ApprovalStore\.java$/, members: [/String ASK\b/, /String OPEN\b/, /String IS_OPEN\b/, /String DECIDE\b/,
    /String EDIT\b/, / ask\(/, / Standing standing\(/, / withdraw\(/] },
];

const SQL = /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|FROM|JOIN|WHERE|VALUES|ORDER BY|LIMIT|RETURNING|AND|ON CONFLICT|UNION ALL)\b/;
const LITERAL = /"""([\s\S]*?)"""|"((?:[^"\\\n]|\\.)*)"/g;
const MAPPING = /\brow\.(get\w+)\(|\bSql\.instant(OrNull)?\(/;

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : entry.name.endsWith(".java") ? [path] : [];
  });
}

const withoutComments = (text) => text.replace(/^\s*\/\/.*$/gm, "");

/** The lines of a member: from where it begins to the line that ends it at the same depth. */
function memberLines(lines, begin) {
  const indent = /^ */.exec(lines[begin])[0].length;
  let end = begin;
  while (end < lines.length - 1 && !/;\s*$/.test(lines[end]) && !(end > begin && lines[end] === " ".repeat(indent) + "}")) {
    end++;
  }
  // A method has statements inside: it ends with its brace.
  if (/\{\s*$/.test(lines[begin]) || lines.slice(begin, end + 1).some((line) => /\)\s*(throws \w+\s*)?\{\s*$/.test(line))) {
    while (end < lines.length - 1 && lines[end] !== " ".repeat(indent) + "}") end++;
  }
  return [begin, end];
}

function hotLines(name, lines) {
  const hot = new Set();
  for (const { file, members } of [...HOT_MEMBERS, ...FORMER_ENGINE]) {
    if (!file.test(name)) continue;
    lines.forEach((line, at) => {
      if (/^ {4}\S/.test(line) && members.some((member) => member.test(line))) {
        const [begin, end] = memberLines(lines, at);
        for (let i = begin; i <= end; i++) hot.add(i);
      }
    });
  }
  return hot;
}

function count(name, source) {
  const text = withoutComments(source);
  const lines = text.split("\n");
  const hot = hotLines(name, lines);
  const isRepository = /@(Tenant|Engine)Repository\b/.test(text);
  const sql = new Set();
  if (isRepository || /\bSql\b|\bDatabase database\b/.test(text)) {
    for (const literal of text.matchAll(LITERAL)) {
      if (!SQL.test(literal[1] ?? literal[2])) continue;
      const first = text.slice(0, literal.index).split("\n").length - 1;
      literal[0].split("\n").forEach((line, at) => {
        if (line.replace(/"""/g, "").trim() !== "") sql.add(first + at);
      });
    }
  }
  const kept = (at) => !hot.has(at);
  // A table of a document has rows with getters as well.
  const isOfDatabase = /\bSql\b|\bDatabase\b|java\.sql\./.test(text);
  return {
    mapping: !isOfDatabase ? [] : lines.flatMap((line, at) => (MAPPING.test(line) && kept(at) ? [at] : [])),
    own: isRepository ? [] : [...sql].filter(kept),
    query: isRepository ? [...sql].filter(kept) : [],
    lines,
  };
}

const arguments_ = process.argv.slice(2);
const showLines = arguments_.includes("--lines");
const folder = arguments_.find((argument) => !argument.startsWith("--"))
  ?? fileURLToPath(new URL("../backend/src/main/java/dev/wheelhouse", import.meta.url));

const rows = new Map();
for (const path of files(folder)) {
  const name = relative(folder, path);
  if (HOT_FILES.some((hot) => hot.test(name)) || !name.includes("/")) continue;
  const found = count(name, readFileSync(path, "utf8"));
  const home = name.split("/")[0];
  const row = rows.get(home) ?? { mapping: 0, own: 0, query: 0 };
  for (const kind of ["mapping", "own", "query"]) {
    row[kind] += found[kind].length;
    if (showLines) found[kind].forEach((at) => console.log(`${kind}\t${name}:${at + 1}\t${found.lines[at].trim()}`));
  }
  rows.set(home, row);
}

const total = { mapping: 0, own: 0, query: 0 };
console.log("package      mapping  own SQL  together   @Query");
const say = (home, row) =>
  console.log(
    home.padEnd(12) + [row.mapping, row.own, row.mapping + row.own, row.query].map((n, i) => String(n).padStart([8, 9, 10, 9][i])).join(""),
  );
for (const [home, row] of [...rows].sort()) {
  if (row.mapping + row.own + row.query === 0) continue;
  say(home, row);
  for (const kind of Object.keys(total)) total[kind] += row[kind];
}
say("all", total);
