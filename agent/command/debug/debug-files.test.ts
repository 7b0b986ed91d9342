import { expect, test } from 'vitest';
import { debugFiles } from './debug-files.ts';

test('a debug picture lies beside its photo', () => {
  expect(debugFiles(['tps/page-1.jpg', 'page-2.JPEG'], null)).toEqual(['tps/page-1.debug.png', 'page-2.debug.png']);
});

test('in one folder, photos of the same name from different folders do not overwrite each other', () => {
  expect(debugFiles(['a/page-1.jpg', 'b/page-1.jpg', 'a/page-1.jpg'], 'out')).toEqual([
    'out/page-1.debug.png',
    'out/page-1-2.debug.png',
    'out/page-1.debug.png',
  ]);
});
