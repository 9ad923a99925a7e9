// A service of a stranger, in Node.js without packages: a list of things, in memory or in a file that all instances share.
const http = require('node:http');
const fs = require('node:fs');
const crypto = require('node:crypto');

const file = process.env.THINGS_FILE;
const memory = [];

const all = () => !file ? memory : !fs.existsSync(file) ? [] :
  fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));

// One short write with O_APPEND: the lines of several instances do not mix.
const add = (thing) => file ? fs.appendFileSync(file, JSON.stringify(thing) + '\n') : memory.push(thing);

const send = (response, status, body) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

http.createServer((request, response) => {
  if (request.method === 'GET' && request.url === '/things') return send(response, 200, { things: all() });
  if (request.method !== 'POST' || request.url !== '/things') return send(response, 404, { error: 'not found' });
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    let label;
    try { label = JSON.parse(body).label; } catch { return send(response, 400, { error: 'the body is not JSON' }); }
    if (typeof label !== 'string') return send(response, 400, { error: 'label is required' });
    const thing = { id: crypto.randomUUID(), label };
    add(thing);
    send(response, 201, thing);
  });
}).listen(process.env.PORT || 3000, '127.0.0.1');
