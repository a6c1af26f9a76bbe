import { ageRevolu, type DateCivile, dateEnFrancais, type Decision } from '@sillage/kernel';
import { type BorneHaute, deciderAge } from './ages.js';
import type { DeclarationAge } from './dispositif.js';
import { type Parametre, type ParametreResolu, resoudre, type Surcharge } from './parametre.js';

/**
 * Whether somebody's age on a day is one that the dispositif is for, by the bounds of that day: {@link deciderAge}.
 * @throws ErreurValeur when the day precedes the birth
 */
export function deciderAgeDeclare(
  { regle, a, ...cles }: DeclarationAge,
  parametres: Readonly<Record<string, Parametre>>,
  { naissance, le }: { naissance: DateCivile; le: DateCivile },
  surcharges: readonly Surcharge[],
): Decision {
  const lire = <T>(cle: string): ParametreResolu<T> => resoudre(cle, parametres[cle] as Parametre<T>, le, surcharges);
  const bornes = {
    min: lire<number>(cles.min),
    max: lire<number>(cles.max),
    borneHaute: cles.borneHaute === undefined ? undefined : lire<BorneHaute>(cles.borneHaute),
  };
  return deciderAge(ageRevolu(naissance, le), bornes, { regle, quand: `le ${dateEnFrancais(le)} (${a})` });
}
