import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { creerJournal } from './journal.js';

const CANARI = 'Camille Secret';

function capturer(ecrire: (journal: ReturnType<typeof creerJournal>) => void): Record<string, unknown>[] {
  const lignes: string[] = [];
  ecrire(
    creerJournal({ service: 'essai', niveau: 'trace', destination: { write: (ligne) => void lignes.push(ligne) } }),
  );
  return lignes.map((ligne) => JSON.parse(ligne) as Record<string, unknown>);
}

function requeteRefusee(): QueryFailedError {
  const deLaBase = Object.assign(new Error(`invalid input: "${CANARI}"`), {
    code: '22P02',
    table: 'jeune',
    detail: CANARI,
  });
  return new QueryFailedError(`select '${CANARI}'`, [CANARI], deLaBase);
}

describe('creerJournal', () => {
  it.each<[string, (journal: ReturnType<typeof creerJournal>) => void]>([
    ['une erreur seule', (journal) => journal.error(requeteRefusee())],
    ['une erreur sans phrase', (journal) => journal.error({ err: requeteRefusee() })],
    ['une erreur et une phrase', (journal) => journal.error({ err: requeteRefusee() }, 'panne')],
    ['une erreur qui en cause une autre', (journal) => journal.error(new Error(CANARI, { cause: requeteRefusee() }))],
    [
      'une erreur de plusieurs lignes',
      (journal) => journal.error(new Error(`x\n    at ${CANARI} (/a.js:1:2)\n at ${CANARI}`)),
    ],
  ])('ne cite jamais %s', (_cas, ecrire) => {
    const [ligne] = capturer(ecrire);
    expect(JSON.stringify(ligne)).not.toContain('Secret');
    expect(ligne).toMatchObject({ level: 'error', service: 'essai' });
    expect(typeof ligne?.['message']).toBe('string');
  });

  it('dit d’une erreur son genre, son code et son lieu', () => {
    const [ligne] = capturer((journal) => journal.error({ err: requeteRefusee() }, 'panne'));
    expect(ligne?.['err']).toMatchObject({ type: 'QueryFailedError', code: '22P02', table: 'jeune' });
  });

  it('garde le lieu d’une erreur de notre code', () => {
    const [ligne] = capturer((journal) => journal.error(new TypeError('x')));
    expect((ligne?.['err'] as { lieu: string[] }).lieu[0]).toMatch(/^.*apps\/socle\/src\/journal\.spec\.ts:\d+:\d+$/);
  });
});
