// Drives runs through the API: node tools/bench-runs.mjs URL COUNT AT_ONCE
//
// Each run is created by a POST and then followed to its terminal event over SSE, as a page does it. Prints
// `seconds p50ms p99ms`, and fails where a run does not succeed.
import http from 'node:http';

const [url, count, atOnce] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce });
const body = JSON.stringify({ input: 'what is 17 * 23' });

function ask(path, options, text, onChunk) {
  return new Promise((resolve, reject) => {
    const request = http.request(url + path, { agent, ...options }, (answer) => {
      answer.setEncoding('utf8');
      let all = '';
      answer.on('data', (chunk) => {
        all += chunk;
        onChunk?.(all);
      });
      answer.on('end', () => resolve({ status: answer.statusCode, text: all }));
      answer.on('error', reject);
    });
    request.on('error', reject);
    request.end(text);
  });
}

async function oneRun() {
  const created = await ask(
    '/api/v1/agents/assistant/runs',
    { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } },
    body,
  );
  if (created.status !== 201) throw new Error(`a run was refused with ${created.status}: ${created.text}`);
  const { id } = JSON.parse(created.text);
  const events = await ask(`/api/v1/runs/${id}/events`, { headers: { accept: 'text/event-stream' } });
  if (!events.text.includes('event: run.succeeded')) throw new Error(`run ${id} did not succeed: ${events.text.slice(-500)}`);
}

const latencies = [];
let left = count;
async function worker() {
  while (left-- > 0) {
    const before = performance.now();
    await oneRun();
    latencies.push(performance.now() - before);
  }
}

const started = performance.now();
await Promise.all(Array.from({ length: atOnce }, worker));
const seconds = (performance.now() - started) / 1000;
latencies.sort((a, b) => a - b);
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))].toFixed(1);
console.log(seconds.toFixed(2), at(0.5), at(0.99));
agent.destroy();
