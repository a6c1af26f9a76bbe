import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Dispositif, Parametre } from '@sillage/dispositif-kit';
import { dispositifs } from '@sillage/dispositifs';
import { litteraux } from '../tools/regles/litteraux.mjs';

/** The specs that take each dispositif over HTTP; of one that several share, its own `describe`. */
const SPECS: Record<string, readonly (readonly [fichier: string, bloc?: string])[]> = {
  'coordo-ase': [
    ['candidature'],
    ['convention'],
    ['solde'],
    ['territoires-de-l-appel'],
    ['refus-des-regles', 'What Coordo ASE refuses'],
  ],
  'primo-locataires': [
    ['territoires-de-l-appel'],
    ['trois-dispositifs', 'Primo-locataires: one payment at the signature, 30 000 in all'],
    ['refus-des-regles', 'What primo-locataires refuses'],
  ],
  'accompagnement-logement': [
    ['territoires-de-l-appel'],
    [
      'trois-dispositifs',
      'Accompagnement logement: measures, an advance of 80 %, a balance by service fait, 350 000 in all',
    ],
    ['refus-des-regles', 'What accompagnement logement refuses'],
  ],
  'faj-co': [['faj-co'], ['action-poursuivie'], ['territoires-de-l-appel']],
  'graine-de': [['graine-de'], ['territoires-de-l-appel']],
  'solutions-logement': [['solutions-logement'], ['territoires-de-l-appel']],
  cllaj: [['cllaj'], ['territoires-de-l-appel']],
};

/** A step, the rule that it refuses by, and the code and path by which such a refusal is known from that of another step. */
type Refus = readonly [etape: string, regle: string | undefined, refus: RegExp];

/** What a dispositif refuses: by its checks at each step, its window, its caps, the pieces that it waits for. */
function refusDeclares(dispositif: Dispositif): Refus[] {
  const { parametres, candidature, convention, enveloppe, bilan, suivis = {}, pieces = [] } = dispositif;
  return [
    ['fenêtre', candidature.regleFenetre, /^APPEL_CLOS /],
    ['territoires', candidature.regleTerritoires, /^TERRITOIRE_HORS_APPEL input\.territoires$/],
    ['porteurs', candidature.porteurs?.regle, /^REGLE_NON_RESPECTEE input\.structureId$/],
    ['continuité', candidature.continuite?.regle, sur('champs', [candidature.continuite?.suite ?? ''])],
    ...candidature.recevabilite.map(({ regle }): Refus => ['dépôt', regle, aLInstruction(candidature.champs)]),
    ['durée', convention.regles.duree, /^DUREE_SUPERIEURE_AU_MAXIMUM input\.au$/],
    ['plafond', convention.regles.plafond, /^MONTANT_SUPERIEUR_AU_PLAFOND input\.montant$/],
    ['plafond annuel', convention.plafondAnnuel?.regle, /^MONTANT_SUPERIEUR_AU_PLAFOND input\.avenantId$/],
    ['début', convention.pasAvantLeDepot, /^PERIODE_INVALIDE input\.du$/],
    ...(convention.controles ?? []).map(({ regle }): Refus => ['convention', regle, A_LA_CONVENTION]),
    ['enveloppe', enveloppe?.regle, /^SOLDE_INSUFFISANT input\.conventionId$/],
    ...(bilan?.controles ?? []).map(({ regle }): Refus => ['bilan', regle, sur('input.champs', noms(bilan?.champs))]),
    ...Object.entries(suivis).flatMap(([nom, { regle: sienne, champs, controles = [], avantBilan = '' }]): Refus[] => [
      ...controles.map(({ regle, a }): Refus => [
        nom,
        regle,
        sur(a === 'REMISE' ? 'input.champs' : 'input.suiviId', noms(champs)),
      ]),
      ...(exige(parametres[avantBilan])
        ? [[`${nom}, avant le bilan`, sienne, /^REGLE_NON_RESPECTEE input\.motif$/] as const]
        : []),
    ]),
    ...pieces
      .filter(({ obligatoire }) => obligatoire !== undefined)
      .map(({ code, regle }): Refus => ['pièce', regle, new RegExp(`^PIECE_MANQUANTE pieces\\.${code}$`)]),
  ];
}

/** Whether the text asks for reports before the bilan (`parametreExigenceDesSuivis`): nothing is refused by default where it does not. */
function exige(parametre: Parametre | undefined): boolean {
  return parametre?.valeurs.some(({ valeur }) => valeur !== 'AUCUNE') ?? false;
}

/** A check of a convention refuses its terms, or what neither its cap nor its longest duration does. */
const A_LA_CONVENTION = /^[A-Z_]+ input\.termes\b|^(REGLE_NON_RESPECTEE|PERIODE_INVALIDE) input\.(du|au|montant)$/;

/** A rule of the deposit refuses a field, or waits for whoever decides to confirm it by name. */
function aLInstruction(champs: object): RegExp {
  return new RegExp(`^A_CONFIRMER input\\.confirmations$|${sur('champs', noms(champs)).source}`);
}

/** The refusal of a check on some fields: a field that is empty or ill written is refused before any check. */
function sur(chemin: string, champs: readonly string[]): RegExp {
  return new RegExp(`^(?!CHAMP_OBLIGATOIRE|VALEUR_INVALIDE)[A-Z_]+ ${chemin}\\.(${champs.join('|')})(\\.|$)`);
}

function noms(champs: object = {}): string[] {
  return Object.keys(champs);
}

/** `RULE CODE path`, as `refusCites` says what is refused: what specs assert in these words, no title nor comment. */
function refusVus(code: string): string[] {
  return (SPECS[code] ?? []).flatMap(([fichier, bloc]) => {
    const lus = litteraux(readFileSync(join(import.meta.dirname, 'e2e', `${fichier}.spec.ts`), 'utf8'), {
      bloc,
      titres: false,
    });
    expect([fichier, lus.length]).not.toEqual([fichier, 0]);
    return lus;
  });
}

describe('Each refusal that a declaration names is seen over HTTP, at its step, by the specs of its dispositif', () => {
  it.each(dispositifs.map((d) => [d.code, d] as const))('%s', (code, dispositif) => {
    const vus = refusVus(code);
    const declares = refusDeclares(dispositif).filter(([, regle]) => regle !== undefined);
    expect(declares.length).toBeGreaterThan(8);
    const manquants = declares.filter(
      ([, regle, refus]) => !vus.some((vu) => vu.startsWith(`${regle} `) && refus.test(vu.slice(`${regle} `.length))),
    );
    expect(manquants.map(([etape, regle]) => `${etape} ${regle}`)).toEqual([]);
  });
});
