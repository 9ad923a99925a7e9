// The load on the metering stack for k6: k6 run -e PROFILE=smoke -e URL=http://127.0.0.1:8080 deploy/k6/metering.js
// The same shares, profiles and thresholds as deploy/metering/load.yaml, which a test compares.
import http from 'k6/http';
import { check } from 'k6';

export const profiles = {
  warmup: { stages: [{ duration: '10s', target: 2 }], start: 2, thresholds: { http_req_duration: ['p(95)<500'], failed_checks: ['rate<0.01'] } },
  smoke: { stages: [{ duration: '60s', target: 10 }], start: 10, thresholds: { http_req_duration: ['p(95)<200', 'p(99)<500'], failed_checks: ['rate<0.01'] } },
  load: {
    stages: [{ duration: '1s', target: 1 }, { duration: '29s', target: 350 }, { duration: '90s', target: 350 }], start: 1,
    thresholds: { http_req_duration: ['p(95)<500', 'p(99)<1000'], failed_checks: ['rate<0.001'], http_reqs: ['rate>2000'] },
  },
  stress: {
    stages: [{ duration: '30s', target: 50 }, { duration: '60s', target: 200 }, { duration: '60s', target: 500 }, { duration: '30s', target: 500 }], start: 50,
    thresholds: { http_req_duration: ['p(95)<2000', 'p(99)<5000'], failed_checks: ['rate<0.05'] },
  },
  spike: {
    stages: [
      { duration: '30s', target: 50 }, { duration: '10s', target: 500 }, { duration: '20s', target: 500 }, { duration: '10s', target: 50 },
      { duration: '10s', target: 500 }, { duration: '20s', target: 500 }, { duration: '10s', target: 50 },
      { duration: '10s', target: 500 }, { duration: '20s', target: 500 }, { duration: '10s', target: 50 },
    ],
    start: 50,
    thresholds: { http_req_duration: ['p(95)<2000'], failed_checks: ['rate<0.02'] },
  },
};

const chosen = profiles[__ENV.PROFILE || 'smoke'];
if (!chosen) {
  throw new Error(`there is no profile '${__ENV.PROFILE}'; there are: ${Object.keys(profiles).join(', ')}`);
}

// A reply that was not as expected is a failure here, and 409 for an id with another body is not.
http.setResponseCallback(http.expectedStatuses(200, 201, 409));
export const options = {
  scenarios: { events: { executor: 'ramping-vus', startVUs: chosen.start, stages: chosen.stages } },
  thresholds: Object.fromEntries(Object.entries(chosen.thresholds).map(([name, rules]) => [name === 'failed_checks' ? 'http_req_failed' : name, rules])),
};

const url = `${__ENV.URL || 'http://127.0.0.1:8080'}/api/v1/events`;
const tenants = {
  acme: { id: '1', key: 'demo-acme-key', customers: ['acme-customer-001', 'acme-customer-002', 'acme-customer-003'] },
  techstart: { id: '2', key: 'demo-techstart-key', customers: ['techstart-customer-001', 'techstart-customer-002'] },
};
const endpoints = ['completion', 'chat', 'embedding', 'image', 'audio', 'moderation', 'search', 'batch'].map((name) => `/api/${name}`);
const models = ['gpt-4', 'gpt-4-turbo', 'gpt-3.5', 'claude-3', 'claude-3-5', 'gemini-pro', 'mistral', 'llama-3', 'command-r'];
const pick = (list) => list[Math.floor(Math.random() * list.length)];
const whole = (low, high) => low + Math.floor(Math.random() * (high - low + 1));
const uuid = () => 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => whole(0, 15).toString(16));
const earlier = [];

// Shares in a hundred, and where the event's time is from now.
export const kinds = [
  { share: 55, tenant: 'acme', time: () => Date.now() },
  { share: 36, tenant: 'techstart', time: () => Date.now() },
  { share: 3, repeat: true },
  { share: 1, repeat: true, changed: true },
  { share: 1, tenant: 'acme', time: () => Date.now() - 75000 },
  { share: 2, tenant: 'techstart', time: () => Math.floor(Date.now() / 30000) * 30000 },
  { share: 1, tenant: 'techstart', time: () => Date.now() - 20000 },
  { share: 1, tenant: 'acme', time: () => Date.now() + 10000 },
];

function draw() {
  let left = Math.random() * kinds.reduce((sum, kind) => sum + kind.share, 0);
  return kinds.find((kind) => (left -= kind.share) < 0) || kinds[0];
}

function eventOf(name, time) {
  const tenant = tenants[name];
  return {
    key: tenant.key,
    body: {
      eventId: uuid(), timestamp: new Date(time).toISOString(), tenantId: tenant.id, customerId: pick(tenant.customers), apiEndpoint: pick(endpoints),
      metadata: { inputTokens: whole(1, 500), outputTokens: whole(0, 1000), model: pick(models), latencyMs: whole(10, 3000) },
    },
  };
}

export default function () {
  const kind = draw();
  const repeats = kind.repeat && earlier.length > 0;
  const event = repeats ? pick(earlier) : eventOf(kind.tenant || 'acme', kind.time ? kind.time() : Date.now());
  const changed = repeats && kind.changed;
  const body = changed ? { ...event.body, metadata: { ...event.body.metadata, inputTokens: 501 } } : event.body;
  const reply = http.post(url, JSON.stringify(body), { headers: { 'Content-Type': 'application/json', 'X-API-Key': event.key } });
  if (changed) {
    check(reply, { 'another body is refused': (r) => r.status === 409 });
    return;
  }

  const json = reply.status === 200 || reply.status === 201 ? reply.json() : {};
  check(reply, {
    'status is right': (r) => r.status === (repeats ? 200 : 201),
    'eventId is echoed': () => json.eventId === body.eventId,
    'status word is right': () => json.status === (repeats ? 'DUPLICATE' : 'PROCESSED'),
    'processedAt is there': () => repeats || Boolean(json.processedAt),
  });
  if (!repeats && reply.status === 201 && earlier.push(event) > 1000) {
    earlier.shift();
  }
}
