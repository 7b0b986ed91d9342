/** The screen on which a technician says which TPS a machine is to be the kit of; afterwards it waits for the kit's own. */

const shown = document.body.dataset['step'] ?? '';
const EVERY_MS = 1_000;

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-answer]')) {
  button.addEventListener('click', () => void answer(button.dataset['answer'] === 'yes'));
}

async function answer(agrees: boolean): Promise<void> {
  for (const button of document.querySelectorAll('button')) button.disabled = true;
  const body = JSON.stringify({ agrees });
  await fetch('/answer', { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(() => null);
}

/** The server goes with this screen, and the kit's own takes its place. */
async function look(): Promise<void> {
  const page = await fetch('/').catch(() => null);
  const text = page?.ok ? await page.text() : null;
  if (text !== null && !text.includes(`data-step="${shown}"`)) location.reload();
}

setInterval(() => void look(), EVERY_MS);
