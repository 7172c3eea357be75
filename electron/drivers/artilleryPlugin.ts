import { pinHostsSource } from './artilleryHostPin';

/*
 * The plugin for Artillery 2 that reports each request when it ends. It is a CommonJS module that Proofload writes next
 * to the script. From any worker thread, it writes lines of JSON to the file descriptor that Proofload reads.
 */

/** The file descriptor that the plugin writes to. */
export const pluginDescriptor = 3;
/** Its name in `config.plugins`. Artillery looks for a module of this name with the prefix `artillery-plugin-`. */
export const pluginName = 'proofload';
/** The environment variable with the addresses of host names, as JSON. */
export const addressesVariable = 'PROOFLOAD_ARTILLERY_HOSTS';

/** The functions of the plugin that the flows of the script call. */
export const pluginFunctions = {
  begin: 'proofloadBegin',
  end: 'proofloadEnd',
  isGoing: 'proofloadIsGoing',
} as const;

/** The source of the plugin. */
export const artilleryPlugin = `'use strict';
const fs = require('node:fs');
const { performance, monitorEventLoopDelay } = require('node:perf_hooks');

const now = () => performance.timeOrigin + performance.now();
const most = 4000;
let lines = '';

function flush() {
  const text = lines;
  lines = '';
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(fs.writeSync(${pluginDescriptor}, rest));
    } catch (error) {
      if (error.code === 'EAGAIN') continue;
      // The process that started this is gone, so the load must end.
      process.kill(process.pid, 'SIGKILL');
    }
  }
}
function tell(line) {
  lines += JSON.stringify(line) + '\\n';
  if (lines.length > most) flush();
}

${pinHostsSource}
/** How many users arrive in a phase: as the module arrivals of Artillery counts them (lib/index.js, UniformProcess). */
function usersOf({ arrivalRate, arrivalCount }, phaseMs) {
  const intervalMs = arrivalRate ? 1000 / arrivalRate : arrivalCount ? phaseMs / arrivalCount : Infinity;
  return Math.floor((phaseMs * 1000) / Math.floor(intervalMs * 1000));
}

class Plugin {
  constructor(script) {
    if (typeof process.env.LOCAL_WORKER_ID === 'undefined') return;
    pinHosts(JSON.parse(process.env.${addressesVariable} || '{}'));
    const requests = new Map();
    const seen = new WeakSet();
    const sockets = new WeakSet();
    const { untilMs, warmupMs, idleMs } = script.config.plugins.${pluginName};
    // Users are counted because their times do not decide: the first user of the measured part is due at the moment at
    // which the warm-up ends, and Artillery is later with this user or with the very first one.
    const warmupUsers = warmupMs === null ? null : usersOf(script.config.phases[0], warmupMs);
    let users = 0;
    let startedMs;

    const finish = (id, failure, checks) => {
      const request = requests.get(id);
      if (!request) return;
      requests.delete(id);
      const { operation, sentMs, firstByteMs, endedMs = now(), status, isFirst = false, isWarmup } = request;
      tell(['r', operation, sentMs, endedMs, firstByteMs || null, status || null, failure, checks, isFirst, isWarmup]);
    };
    const listen = (events) => {
      if (seen.has(events)) return;
      seen.add(events);
      events.on('trace:http:response', (response, id) => {
        const request = requests.get(id);
        if (!request) return;
        request.firstByteMs = now();
        request.status = response.statusCode;
        request.isFirst = !sockets.has(response.socket);
        sockets.add(response.socket);
        response.once('end', () => {
          request.endedMs = now();
        });
      });
      events.on('trace:http:capture', (result, id) => {
        const request = requests.get(id);
        if (request) request.captured = result;
      });
      events.on('plugin:expect:expectations', ({ results }, { uuid }) => {
        const request = requests.get(uuid);
        if (request) done(uuid, results.map(({ ok }) => Boolean(ok)));
      });
    };
    const done = (id, expected) => {
      const { captures = {}, matches = {} } = (requests.get(id) || {}).captured || {};
      const failedCaptures = Object.keys(captures).filter((name) => captures[name].failed);
      const failedMatches = Object.keys(matches).filter((name) => matches[name].success === false || matches[name].error);
      finish(id, null, { expected, failedCaptures, failedMatches });
    };

    script.config.processor = Object.assign(typeof script.config.processor === 'object' ? script.config.processor : {}, {
      proofloadBefore(params, context, events, next) {
        listen(events);
        const sentMs = now();
        const isWarmup = context.proofloadIsWarmup;
        requests.set(params.uuid, { operation: params.name || context.scenario.name, sentMs, isWarmup });
        tell(['s', sentMs, isWarmup]);
        next();
      },
      proofloadAfter(params, _response, _context, _events, next) {
        // A request with expectations is reported when these are known.
        if (!params.expect) done(params.uuid, []);
        next();
      },
      proofloadError(error, params, _context, _events, next) {
        if (params) finish(params.uuid, String(error.code || error.message), null);
        next();
      },
      ${pluginFunctions.begin}(context, _events, next) {
        if (startedMs === undefined) {
          startedMs = now() - idleMs;
          tell(['b', startedMs]);
        }
        context.proofloadIsWarmup = warmupUsers === null ? null : users < warmupUsers;
        users += 1;
        context.proofloadStartedMs = now();
        tell(['j', context.scenario.name, context.proofloadStartedMs, context.proofloadIsWarmup]);
        next();
      },
      ${pluginFunctions.end}(context, _events, next) {
        tell(['i', context.scenario.name, context.proofloadStartedMs, now(), context.proofloadIsWarmup]);
        next();
      },
      ${pluginFunctions.isGoing}(_context, next) {
        next(untilMs === null || now() < startedMs + untilMs);
      },
    });
    for (const scenario of script.scenarios) {
      scenario.beforeRequest = [].concat(scenario.beforeRequest || [], 'proofloadBefore');
      scenario.afterResponse = ['proofloadAfter'].concat(scenario.afterResponse || []);
      scenario.onError = ['proofloadError'].concat(scenario.onError || []);
    }

    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    setInterval(() => {
      // The maximum includes the resolution. Utilisation would say nothing, because Artillery spins between arrivals.
      tell(['u', now(), Math.max(0, delay.max / 1e6 - 10)]);
      delay.reset();
    }, 250).unref();
    setInterval(flush, 100).unref();
  }

  cleanup(done) {
    flush();
    done();
  }
}

module.exports = { Plugin };
`;
