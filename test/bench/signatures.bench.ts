import { parseArgs } from 'node:util';
import { locatePage } from '#agent/page/locate.ts';
import { decodePicture, isPicture } from '#agent/page/picture.ts';
import { countSignatures } from '#agent/read/signatures.ts';
import { COUNTED } from '#agent/session/decision.ts';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { SEVERITIES, type Severity } from '#synthesis/camera/conditions.ts';
import { photograph } from '#synthesis/photograph.ts';
import { randomOf } from '#synthesis/random.ts';
import { printTable } from './table.ts';

/**
 * Pages of an attendance list on which a known number of voters signed, photographed by the simulated
 * camera: how often the count is taken, asked, and taken wrongly. Nobody's signature is real.
 *
 *   node test/bench/signatures.bench.ts [--pages 60]
 */
const { values } = parseArgs({ options: { pages: { type: 'string', default: '60' } } });
const LONG_SIDE = 2400;

const forms = shippedForms();
const form = forms.byId('daftar-hadir-dpt-kwk');
if (!form) throw new Error('the attendance list does not ship');
const pdf = await formPdf(form);
const cells = form.pages[0]?.figures[0]?.signatures?.length ?? 0;

type Outcome = 'counted' | 'asked' | 'wrong' | 'refused';

function outcomeOf(severity: Severity, n: number): Outcome {
  if (!form) throw new Error('no form');
  const seed = `signatures ${n}`;
  const signed = randomOf(seed).pick([0, randomOf(seed).whole(1, cells - 1), cells]);
  const figures = new Map([['tanda-tangan.2', signed]]);
  const { jpeg } = photograph({
    ...{ form, page: 2, pdf, figures, seed, split: 'test', care: 'ordinary', severity, longSide: LONG_SIDE, fixed: {} },
  });
  const picture = decodePicture(jpeg);
  const located = isPicture(picture) ? locatePage(picture, forms, null) : picture;
  if (!isPicture(picture) || located.kind === 'refused') return 'refused';
  const [best] = countSignatures(picture.full, located.page.figures[0]?.signatures ?? [], located.toPhoto).candidates;
  if (!best || best.probability < COUNTED) return 'asked';
  return best.value === signed ? 'counted' : 'wrong';
}

const rows = SEVERITIES.map((severity) => {
  const outcomes = Array.from({ length: Number(values.pages) }, (_, n) => outcomeOf(severity, n));
  const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  return [severity, outcomes.length, count('counted'), count('asked'), count('wrong'), count('refused')];
});
printTable(
  'Signatures counted on pages of an attendance list',
  ['photos', 'pages', 'counted', 'asked', 'wrong', 'refused'],
  rows,
);
