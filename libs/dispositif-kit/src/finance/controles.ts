import { type DateCivile, type Decision, dateEnFrancais, type Montant, non, oui, type Periode } from '@sillage/kernel';
import { champ } from '../champ.js';
import type { ParametreResolu } from '../parametre.js';

interface Controle<X> {
  regle: string;
  libelle: string;
  saufAvenant?: true;
  decider(contexte: X): Decision;
}

/** A convention grants no more than the candidature asked for in `montantDemande` (AMB-175). */
export function pasPlusQueDemande(
  regle: string,
): Controle<{ montant: Montant; champs: Readonly<{ montantDemande: Montant }> }> {
  return {
    regle,
    libelle: 'Le montant ne dépasse pas la participation demandée',
    saufAvenant: true,
    decider({ montant, champs }) {
      if (montant.comparer(champs.montantDemande) <= 0) return oui();
      return non({
        code: 'REGLE_NON_RESPECTEE',
        message: `Le montant dépasse la participation demandée : ${champs.montantDemande.enFrancais()}.`,
        regle,
        chemin: ['input', 'montant'],
      });
    },
  };
}

/** A convention stays within the operation that the text dates; `debut` and `fin` are keys of `date` parameters. */
export function dansLOperation<const D extends string, const F extends string>(options: {
  debut: D;
  fin: F;
  regle: string;
}): Controle<{ periode: Periode; parametres: Readonly<Record<D | F, ParametreResolu<DateCivile>>> }> {
  return {
    regle: options.regle,
    libelle: 'La convention tient dans les dates de l’opération',
    decider({ periode, parametres }) {
      const [du, au] = [parametres[options.debut].valeur, parametres[options.fin].valeur];
      const { du: debut, au: fin } = periode;
      if (entre(debut, du, au) && fin !== null && entre(fin, du, au)) return oui();
      return non({
        code: 'PERIODE_INVALIDE',
        message: `L’opération va du ${dateEnFrancais(du)} au ${dateEnFrancais(au)} : la convention tient entre ces deux dates.`,
        regle: options.regle,
        chemin: ['input', entre(debut, du, au) ? 'au' : 'du'],
      });
    },
  };
}

/** The term by which whoever prepares a convention states that the credits are voted. */
export const champBudgetAdopte = champ.booleen({
  libelle: 'Le budget du Département est adopté',
  aide: 'La participation est accordée sous cette réserve.',
  regle: 'AMB-052',
  facultatif: true,
});

/** The credits are voted before anybody signs, whatever the text says of it (AMB-052). */
export function budgetAdopte(): Controle<{ termes: Readonly<{ budgetAdopte: boolean | null }> }> {
  const regle = 'AMB-052';
  return {
    regle,
    libelle: 'Le budget du Département est adopté',
    decider({ termes }) {
      if (termes.budgetAdopte === true) return oui();
      return non({
        code: 'REGLE_NON_RESPECTEE',
        message:
          'La participation est accordée sous réserve de l’adoption du budget : attendez son vote, puis dites-le.',
        regle,
        chemin: ['input', 'termes', 'budgetAdopte'],
      });
    },
  };
}

/** A table of the candidature has one line for each of its territories, by code: neither more nor less. */
export function uneLigneParTerritoire<const K extends string>(options: {
  /** The field, a table with a `territoire`. */
  champ: K;
  libelle: string;
  regle: string;
}): Controle<{
  champs: Readonly<Record<K, readonly { territoire: string }[]>>;
  territoires: readonly string[];
  nomDuTerritoire: (code: string) => string;
}> {
  const { champ, libelle, regle } = options;
  return {
    regle,
    libelle,
    decider({ champs, territoires, nomDuTerritoire }) {
      const saisis = champs[champ].map(({ territoire }) => territoire).sort();
      const attendus = [...territoires].sort();
      if (saisis.length === attendus.length && saisis.every((code, rang) => code === attendus[rang])) return oui();
      return non({
        code: 'REGLE_NON_RESPECTEE',
        message: `${libelle} : une ligne par territoire de la candidature, ni plus ni moins : ${attendus.map(nomDuTerritoire).join(', ')}.`,
        regle,
        chemin: ['champs', champ],
      });
    },
  };
}

function entre(jour: DateCivile, du: DateCivile, au: DateCivile): boolean {
  return jour.toString() >= du.toString() && jour.toString() <= au.toString();
}
