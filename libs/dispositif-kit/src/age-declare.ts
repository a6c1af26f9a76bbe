import { ageRevolu, aConfirmer, type DateCivile, dateEnFrancais, type Decision, non, oui } from '@sillage/kernel';
import type { DeclarationAge } from './dispositif.js';
import { type Parametre, resoudre, type Surcharge } from './parametre.js';

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
  const { regle, a, zoneLimite } = declaration;
  const [min, max] = [declaration.min, declaration.max].map(
    (cle) => resoudre(cle, parametres[cle] as Parametre<number>, le, surcharges).valeur,
  ) as [number, number];
  const age = ageRevolu(naissance, le);
  const constat = `${age} ans révolus le ${dateEnFrancais(le)} (${a}), pour un public de ${min} à ${max} ans`;
  if (age < min || age > max) return non({ code: 'REGLE_NON_RESPECTEE', message: `${constat}.`, regle });
  if (zoneLimite && age === max) {
    return aConfirmer({ code: 'A_CONFIRMER', message: `${constat} : l’année de la borne est à confirmer.`, regle });
  }
  return oui();
}
