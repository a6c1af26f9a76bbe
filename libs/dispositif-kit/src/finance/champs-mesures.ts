import { type Decision, non, oui, Temporal } from '@sillage/kernel';
import { champ, type Champ } from '../champ.js';
import { dansLeTemps, type Mesure } from './mesures.js';

/** The table of measures that a bilan asks for: a line a measure, or a line a level when it changed on the way (AMB-091). */
export function lignesDeMesures<const V extends Readonly<Record<string, string>>>(
  niveaux: V,
  options: { libelle: string; aide?: string; regle: string },
): Champ<readonly Mesure<keyof V & string>[], true> {
  return champ.lignes(
    {
      reference: champ.texte({
        libelle: 'Référence de la mesure',
        aide: 'Un numéro, jamais un nom. Une mesure qui change de niveau tient en deux lignes de même référence.',
        max: 60,
      }),
      niveau: champ.choix(niveaux, { libelle: 'Niveau' }),
      debut: champ.date({ libelle: 'Premier jour' }),
      fin: champ.date({ libelle: 'Dernier jour réalisé' }),
      prolongee: champ.booleen({
        libelle: 'Prolongation décidée par la commission',
        regle: 'AMB-090',
        facultatif: true,
      }),
    },
    { ...options, max: 200 },
  );
}

/** A line that ends before it starts, or two lines of one measure on the same day, would be counted wrongly (AMB-181). */
export function mesuresCoherentes(mesures: readonly Mesure[], champDuBilan: string, regle: string): Decision {
  const motifs = [...mesures].sort(dansLeTemps).flatMap((mesure, rang, triees) => {
    const suivante = triees[rang + 1];
    const refuser = (message: string) => [
      { code: 'PERIODE_INVALIDE' as const, message, regle, chemin: ['bilan', champDuBilan] },
    ];
    if (Temporal.PlainDate.compare(mesure.fin, mesure.debut) < 0)
      return refuser(`La mesure ${mesure.reference} finit avant de commencer : corrigez l’une de ses dates.`);
    if (suivante?.reference === mesure.reference && Temporal.PlainDate.compare(suivante.debut, mesure.fin) <= 0)
      return refuser(`La mesure ${mesure.reference} a deux lignes le même jour : corrigez leurs dates.`);
    return [];
  });
  return motifs.length === 0 ? oui() : non(motifs);
}
