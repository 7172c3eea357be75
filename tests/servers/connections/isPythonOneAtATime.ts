import { freePort, serveProgram } from '../program';
import { atOnce, type Situation, steady } from '../situation';

const program = `
from http.server import BaseHTTPRequestHandler, HTTPServer
import sys

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Length', '2')
        self.end_headers()
        self.wfile.write(b'ok')

    def log_message(self, *args):
        pass

HTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
`;

export const situation: Situation = {
  standsFor: 'Python’s HTTPServer, which waits for the request of one connection before it looks at the next',
  start: async () => {
    const port = await freePort();
    return serveProgram('python3', ['-c', program, String(port)], port);
  },
  scenario: { load: steady(90, 2), thresholds: { http_req_duration: ['p(50)<2000'] } },
  // Its queue grows when it does not get the processor.
  alone: true,
  expected: { verdict: 'passed', requests: 180, p50: atOnce, p95: [0, 2_000] },
};
