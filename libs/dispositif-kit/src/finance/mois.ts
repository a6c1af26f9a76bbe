import { ajouterMois, dateCivile, type DateCivile, memoriser, type Periode, Temporal } from '@sillage/kernel';

interface MoisDeConvention {
  readonly du: DateCivile;
  readonly jours: bigint;
}

/** The months counted from the convention's first day (AMB-171, AMB-180); the last may be cut short. None without an end. */
export function moisDeLaConvention({ du, au }: Periode): readonly MoisDeConvention[] {
  return au === null ? [] : moisEntre(`${du.toString()}/${au.toString()}`);
}

/** Most conventions of an appel run over the same year. */
const moisEntre = memoriser(512, (bornes): readonly MoisDeConvention[] => {
  const [premier = '', dernier = ''] = bornes.split('/');
  const debut = dateCivile(premier);
  const lendemain = dateCivile(dernier).add({ days: 1 });
  const mois: MoisDeConvention[] = [];
  let du = debut;
  while (Temporal.PlainDate.compare(du, lendemain) < 0) {
    const suivant = ajouterMois(debut, mois.length + 1);
    const fin = Temporal.PlainDate.compare(lendemain, suivant) < 0 ? lendemain : suivant;
    mois.push({ du, jours: BigInt(du.until(fin).days) });
    du = suivant;
  }
  return mois;
});
