import { describe, expect, it } from '@jest/globals';
import { contexte, habiliter } from '../test/arbitraires.js';
import { documentAcces } from './document-acces.js';
import { DECLARATIONS } from './roles/index.js';
import { ACTIONS, SUJETS } from './vocabulaire.js';
import type { Action, SujetSocle } from './vocabulaire.js';

/** The cells of the document: "Sujet / action / role" -> sign. */
function cellules(document: string): Map<string, string> {
  const lues = new Map<string, string>();
  for (const bloc of document.split('\n## ').slice(1)) {
    const [titre, , entete, , ...lignes] = bloc.split('\n');
    if (!entete?.startsWith('| Action')) continue;
    const colonnes = entete.split('|').map((texte) => texte.trim());
    for (const ligne of lignes.filter((texte) => texte.startsWith('|'))) {
      const valeurs = ligne.split('|').map((texte) => texte.trim());
      colonnes.forEach((role, rang) => lues.set(`${titre}/${valeurs[1]}/${role}`, valeurs[rang]!));
    }
  }
  return lues;
}

describe('documentAcces', () => {
  const lues = cellules(documentAcces());

  it('dit de chaque rôle, sujet et action ce que font les droits construits', () => {
    for (const { role } of DECLARATIONS) {
      const habilitation = habiliter(role, { territoireIds: ['t'], structureId: 's' });
      const { droits } = contexte([habilitation]);
      for (const sujet of Object.keys(SUJETS) as SujetSocle[]) {
        for (const action of Object.keys(ACTIONS) as Action[]) {
          const signe = lues.get(`${SUJETS[sujet].libelle}/${ACTIONS[action]}/${role}`) ?? '';
          const inconditionnel = droits.rulesFor(action, sujet).some(({ conditions }) => conditions === undefined);
          expect([role, sujet, action, signe !== '']).toEqual([role, sujet, action, droits.can(action, sujet)]);
          expect([role, sujet, action, signe === '●']).toEqual([role, sujet, action, inconditionnel]);
        }
      }
    }
  });

  it('donne à chaque rôle sa phrase et ses règles', () => {
    for (const { sens, droits } of DECLARATIONS) {
      expect(documentAcces()).toContain(sens);
      for (const { regles } of droits) expect(documentAcces()).toContain(`(${regles.join(', ')})`);
    }
  });

  it('ajoute les droits des dispositifs, en les nommant', () => {
    const droit = { dispositif: 'atelier-test', role: 'SLISL', actions: ['donnerAvis'], sujet: 'Candidature' } as const;
    expect(documentAcces([{ ...droit, portee: 'TERRITOIRE', regles: ['AMB-105'] }])).toContain(
      '| `atelier-test` | Service local inclusion sociale et logement | Candidature | donner un avis | sur mes territoires | AMB-105 |',
    );
  });
});
