import { ageRevolu, aConfirmer, type DateCivile, dateEnFrancais, type Decision, non, oui } from '@sillage/kernel';
import type { DeclarationAge } from './dispositif.js';
import { type Parametre, type ParametreResolu, resoudre, type Surcharge } from './parametre.js';

/**
 * Whether somebody's age on a day is one that the dispositif is for. In the year of the upper bound, a dispositif whose text may be read
 * either way leaves it to a person (AMB-001).
 * @throws ErreurValeur when the day precedes the birth
 */
export function deciderAgeDeclare(
  declaration: DeclarationAge,
  parametres: Readonly<Record<string, Parametre>>,
  { naissance, le }: { naissance: DateCivile; le: DateCivile },
  surcharges: readonly Surcharge[],
): Decision {
  const resolu = (cle: string): ParametreResolu<number> =>
    resoudre(cle, parametres[cle] as Parametre<number>, le, surcharges);
  const { regle, a, zoneLimite, min, max } = declaration;
  return jugerAge({ naissance, le }, { min: resolu(min), max: resolu(max), a, zoneLimite, regle });
}

interface Bornes {
  min: ParametreResolu<number>;
  max: ParametreResolu<number>;
  /** What the age is taken at, for who reads the refusal. */
  a: string;
  zoneLimite?: true | undefined;
  regle: string;
}

/** The same, on parameters of the day. @throws ErreurValeur when the day precedes the birth */
export function jugerAge(
  { naissance, le }: { naissance: DateCivile; le: DateCivile },
  { min: { valeur: min }, max: { valeur: max }, a, zoneLimite, regle }: Bornes,
): Decision {
  const age = ageRevolu(naissance, le);
  const constat = `${age} ans révolus le ${dateEnFrancais(le)} (${a}), pour un public de ${min} à ${max} ans`;
  if (age < min || age > max) return non({ code: 'REGLE_NON_RESPECTEE', message: `${constat}.`, regle });
  if (zoneLimite && age === max) {
    return aConfirmer({ code: 'A_CONFIRMER', message: `${constat} : l’année de la borne est à confirmer.`, regle });
  }
  return oui();
}
