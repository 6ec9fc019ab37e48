// Adds up what the parts of `make test` reported: node scripts/test-summary.mjs RESULTS SUREFIRE_REPORTS
//
// A part is counted by its own report. One that failed without a failed test (it did not compile, a linter complained)
// counts as one failure; one that passed and reports no count is one check that passed. What failed and what was skipped is
// named with its reason: nobody reads a bare number, and where only the end of a log is kept, this is what is left.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [results, surefire] = process.argv.slice(2);

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const json = (file) => (existsSync(file) ? JSON.parse(read(file)) : undefined);

/** The text of an XML attribute. */
const unescape = (text) =>
  text.replace(/&(quot|apos|lt|gt|amp);/g, (_, name) => ({ quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' })[name]);

/** The beginning of a message in one line, without the colours of a terminal. */
const brief = (text) =>
  text
    .replace(/\x1b\[[\d;]*m/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

/** What was skipped or failed in a report of surefire: `{ test, reason }` each. A reason is an attribute or begins a trace. */
function surefireCases(report, elements) {
  const cases = new RegExp(
    `<testcase name="([^"]*)" classname="([^"]*)"[^>]*>\\s*<(?:${elements})(?=[\\s/>])` +
      '(?:[^>]*?\\smessage="([^"]*)")?[^>]*>(?:<!\\[CDATA\\[(?:[\\w.]+: )?(.*))?',
    'g',
  );
  return [...report.matchAll(cases)].map(([, name, type, message, trace]) => ({
    test: `${type.split('.').at(-1)}.${unescape(name)}`,
    reason: brief(unescape((message ?? trace ?? 'no reason given').replaceAll('&#10;', ' ')).replace(/\]\]>.*/, '')),
  }));
}

function surefireCounts() {
  const counts = { passed: 0, failed: 0, skipped: 0, skips: [], failures: [] };
  const reports = existsSync(surefire) ? readdirSync(surefire).filter((name) => /^TEST-.*\.xml$/.test(name)) : [];
  for (const report of reports) {
    const text = read(join(surefire, report));
    const suite = text.match(/<testsuite\b[^>]*>/)?.[0] ?? '';
    const number = (name) => Number(suite.match(new RegExp(`\\s${name}="(\\d+)"`))?.[1] ?? 0);
    const failed = number('failures') + number('errors');
    counts.passed += number('tests') - failed - number('skipped');
    counts.failed += failed;
    counts.skipped += number('skipped');
    counts.skips.push(...surefireCases(text, 'skipped'));
    counts.failures.push(...surefireCases(text, 'failure|error'));
  }
  return counts;
}

function vitestCounts() {
  const report = json(join(results, 'console.json'));
  return (
    report && {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: report.testResults
        .flatMap((file) => file.assertionResults)
        .filter((test) => test.status === 'failed')
        .map((test) => ({ test: test.fullName, reason: brief(test.failureMessages[0] ?? 'no reason given') })),
    }
  );
}

function playwrightCounts() {
  const report = json(join(results, 'browser.json'));
  const stats = report?.stats;
  const specs = report?.suites.flatMap(playwrightSpecs) ?? [];
  return (
    stats && {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
      skips: specs.filter((spec) => spec.tests.some((test) => test.status === 'skipped')).map(playwrightSkip),
      failures: specs.filter((spec) => !spec.ok).map(playwrightFailure),
    }
  );
}

const playwrightSpecs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(playwrightSpecs)];

const playwrightSkip = (spec) => ({
  test: spec.title,
  reason:
    spec.tests.flatMap((test) => test.annotations).find((note) => ['skip', 'fixme'].includes(note.type))?.description ??
    'no reason given',
});

const playwrightFailure = (spec) => ({
  test: `${spec.file}:${spec.line} ${spec.title}`,
  reason: brief(
    spec.tests.flatMap((test) => test.results).flatMap((result) => result.errors)[0]?.message ?? 'no reason given',
  ),
});

/** What a part's script printed of the checks that failed, in either of its ways, and the line below. */
const printedFailures = (part) =>
  [...read(join(results, `${part}.out`)).matchAll(/^(?:failed:|  FAILED ) (.*)\n(?: {8,}(.*))?/gm)].map(([, test, reason]) => ({
    test: test.trim(),
    reason: brief(reason ?? ''),
  }));

/** The last line `N passed, N failed` of what a part printed. */
function printedCounts(part) {
  const lines = [...read(join(results, `${part}.out`)).matchAll(/(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/g)];
  const last = lines.at(-1);
  return last && { passed: Number(last[1]), failed: Number(last[2]), skipped: Number(last[3] ?? 0), failures: printedFailures(part) };
}

const counters = { backend: surefireCounts, console: vitestCounts, browser: playwrightCounts };

const parts = read(join(results, 'parts'))
  .trim()
  .split('\n')
  .map((line) => {
    const [name, code, seconds] = line.split(' ');
    const counts = (counters[name] ?? (() => printedCounts(name)))();
    const total = { passed: 0, failed: 0, skipped: 0, skips: [], failures: [], ...counts };
    if (code !== '0' && total.failed === 0) {
      total.failed = 1;
      total.failures = [{ test: `ended with code ${code}`, reason: 'what it says is above' }];
    }
    if (code === '0' && !counts) total.passed = 1;
    return { name, seconds, ...total };
  });

const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
const row = (...cells) => cells.map((cell, i) => (i === 0 ? String(cell).padEnd(14) : String(cell).padStart(8))).join('');

console.log(`\n${row('part', 'passed', 'failed', 'skipped', 'seconds')}`);
for (const part of parts) {
  console.log(row(part.name, part.passed, part.failed, part.skipped, part.seconds));
}

// One line for each reason, so that four tests with one reason are one line.
const reasons = new Map();
for (const part of parts) {
  for (const { test, reason } of part.skips) {
    const line = `${part.name}: ${reason}`;
    reasons.set(line, [...(reasons.get(line) ?? []), test]);
  }
}
if (reasons.size > 0) console.log('\nSkipped');
for (const [reason, tests] of reasons) {
  console.log(`  ${reason} (${tests.join(', ')})`);
}

const failures = parts.flatMap((part) => part.failures.map((failure) => ({ part: part.name, ...failure })));
if (failures.length > 0) console.log('\nFailed');
for (const { part, test, reason } of failures) {
  console.log(`  ${part}: ${test}${reason ? `: ${reason}` : ''}`);
}

const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exit(sum('failed') === 0 ? 0 : 1);
