import { ajouterMois, type DateCivile, type Periode, Temporal } from '@sillage/kernel';

interface MoisDeConvention {
  readonly du: DateCivile;
  readonly jours: bigint;
}

/** The months counted from the convention's first day (AMB-171, AMB-180); the last may be cut short. None without an end. */
export function moisDeLaConvention(periode: Periode): MoisDeConvention[] {
  const mois: MoisDeConvention[] = [];
  if (periode.au === null) return mois;
  const lendemain = periode.au.add({ days: 1 });
  let du = periode.du;
  while (Temporal.PlainDate.compare(du, lendemain) < 0) {
    const suivant = ajouterMois(periode.du, mois.length + 1);
    const fin = Temporal.PlainDate.compare(lendemain, suivant) < 0 ? lendemain : suivant;
    mois.push({ du, jours: BigInt(du.until(fin).days) });
    du = suivant;
  }
  return mois;
}
