import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadAsset } from './assets.ts';
import { HEADERS } from './headers.ts';
import { escaped, plainPage, STYLE } from './plain-page.ts';
import type { Panel, PanelSetting } from './server.ts';
import { type StartFault, startAdvice } from './words/start-fault.ts';

/**
 * The screen of a kit that cannot begin: one sentence that says what is wrong and one that says what to
 * do, and below them what a technician needs. Nothing else is served and nothing can be pressed.
 */
export async function serveFault(fault: StartFault, reason: string, setting: PanelSetting): Promise<Panel> {
  const style = loadAsset(STYLE);
  const page = pageOf(fault, reason);
  const server = createServer((request, response) => {
    const isStyle = request.url === `/${STYLE}`;
    response.writeHead(200, { ...HEADERS, 'content-type': isStyle ? style.type : 'text/html; charset=utf-8' });
    response.end(isStyle ? style.body : page);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(setting.port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

function pageOf(fault: StartFault, reason: string): string {
  const { what, todo } = startAdvice(fault);
  const main = `<main role="alert">
      <h1>${what}</h1>
      <p class="todo">${todo}</p>
      <p class="soft">${escaped(reason)}</p>
    </main>`;
  return plainPage({ className: 'cannot-begin', main });
}
