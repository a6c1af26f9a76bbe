import type { ContexteBilan } from '@sillage/dispositif-kit';
import { type Decision, type Motif, non, oui } from '@sillage/kernel';
import type { champsBilan } from './bilan.champs.js';
import type { champsCandidature, termesConvention } from './candidature.champs.js';
import type { parametres } from './parametres.js';

export type ContexteDuBilan = ContexteBilan<
  typeof champsCandidature,
  typeof termesConvention,
  typeof parametres,
  typeof champsBilan
>;

/** GRAINE-ELIG-02, GRAINE-ELIG-05: parts of those who entered, and 16-17 are among 16-18 (AMB-009). */
export function partsDesRaccroches({ bilan }: ContexteDuBilan): Decision {
  const { jeunesRaccroches, prioritaires, soumisObligation } = bilan;
  return decider('GRAINE-IND-01', [
    prioritaires > jeunesRaccroches && ['prioritaires', `Au plus les ${jeunesRaccroches} jeunes raccrochés.`],
    soumisObligation > prioritaires && ['soumisObligation', `Au plus les ${prioritaires} jeunes de 16 à 18 ans.`],
  ]);
}

/** GRAINE-IND-02, AMB-153: another way out says which, and no more leave well than entered. */
export function sortiesJustes({ bilan }: ContexteDuBilan): Decision {
  const { sortiesPositives, jeunesRaccroches } = bilan;
  const trop = total(sortiesPositives) > jeunesRaccroches;
  const muette = sortiesPositives.some(({ motif, precision }) => motif === 'AUTRE' && precision === null);
  return decider('GRAINE-IND-02', [
    trop && ['sortiesPositives', `Plus de sorties positives que de jeunes raccrochés : ${jeunesRaccroches}.`],
    muette && ['sortiesPositives', 'Précisez chaque autre sortie positive, que le SLAI valide.'],
  ]);
}

/** GRAINE-WF-10, AMB-114: each abandonment has the proposal of an orientation; one that is impossible says why. */
export function abandonsOrientes({ bilan }: ContexteDuBilan): Decision {
  const { orientations, abandons } = bilan;
  const proposees = total(orientations);
  const muette = orientations.some(({ issue, motif }) => issue === 'IMPOSSIBLE' && motif === null);
  return decider('GRAINE-WF-10', [
    proposees !== abandons && [
      'orientations',
      `Une orientation est proposée à chaque jeune dont le parcours s’arrête : ${abandons} abandons, ${proposees} orientations.`,
    ],
    muette && ['orientations', 'Dites pourquoi une orientation est impossible.'],
  ]);
}

function decider(regle: string, defauts: readonly (false | readonly [champ: string, message: string])[]): Decision {
  const motifs = defauts.flatMap((defaut): Motif[] => {
    if (!defaut) return [];
    const [champ, message] = defaut;
    return [{ code: 'REGLE_NON_RESPECTEE', message, regle, chemin: ['bilan', champ] }];
  });
  return motifs.length === 0 ? oui() : non(motifs);
}

function total(lignes: readonly { jeunes: number }[]): number {
  return lignes.reduce((somme, { jeunes }) => somme + jeunes, 0);
}
