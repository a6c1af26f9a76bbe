import { describe, expect, it } from '@jest/globals';
import { ajouterMois, dateCivile } from '@sillage/kernel';
import fc from 'fast-check';
import { laPlusLongue, proposer } from './conservation.js';
import { ecrireEffacement, lireEffacements } from './consigner-effacement.js';

const DUREES = { active: 24, archive: 36 };

describe('proposer (AMB-165)', () => {
  it.each([
    ['2026-03-31', false, '2028-03-31', null],
    ['2026-03-31', false, '2028-04-01', { nature: 'ARCHIVER', echeance: '2028-04-01' }],
    ['2024-02-29', false, '2026-03-01', { nature: 'ARCHIVER', echeance: '2026-03-01' }],
    ['2026-03-31', true, '2031-03-31', null],
    ['2026-03-31', true, '2031-04-01', { nature: 'EFFACER', echeance: '2031-04-01' }],
  ] as const)('dernier contact %s, archivée %s, le %s', (contact, archivee, aujourdhui, attendue) => {
    const proposition = proposer({ dernierContact: dateCivile(contact), archivee }, DUREES, dateCivile(aujourdhui));
    expect(proposition && { ...proposition, echeance: proposition.echeance.toString() }).toEqual(attendue);
  });

  it('ne propose jamais avant la fin de la durée, propose toujours après, et efface après avoir archivé', () => {
    const mois = fc.integer({ min: 0, max: 240 });
    const jours = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(mois, mois, jours, jours, (active, archive, contact, ecoule) => {
        const dernierContact = dateCivile('1990-01-01').add({ days: contact });
        const aujourdhui = dernierContact.add({ days: ecoule });
        const durees = { active, archive };
        const simple = proposer({ dernierContact, archivee: false }, durees, aujourdhui);
        const archivee = proposer({ dernierContact, archivee: true }, durees, aujourdhui);
        expect(simple !== null).toBe(aujourdhui.toString() > ajouterMois(dernierContact, active).toString());
        if (archivee) expect(simple).not.toBeNull();
        if (archivee && simple) expect(archivee.echeance.toString() >= simple.echeance.toString()).toBe(true);
      }),
    );
  });

  it('garde la plus longue durée de plusieurs dispositifs (AMB-198)', () => {
    expect(
      laPlusLongue([
        { active: 24, archive: 0 },
        { active: 12, archive: 60 },
      ]),
    ).toEqual({ active: 24, archive: 60 });
  });
});

describe('lireEffacements', () => {
  it('retrouve dans un journal ce que le worker y a dit, et rien d’autre', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ id: fc.uuid(), bruit: fc.string() })), (dits) => {
        const lignes = dits.map(({ id, bruit }) =>
          JSON.stringify({ message: `${bruit} ${ecrireEffacement('62', id)}` }),
        );
        const lus = lireEffacements(lignes.join('\n')).map(({ jeuneId }) => jeuneId);
        expect(lus).toEqual(dits.map(({ id }) => id));
      }),
    );
    expect(lireEffacements('EFFACEMENT 62/pas-un-uuid')).toEqual([]);
  });
});
