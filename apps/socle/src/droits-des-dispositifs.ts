import { type DroitDispositif, fautesDesDroitsDispositifs } from '@sillage/access';
import { DeclarationsIncompatibles, type Dispositif } from '@sillage/dispositif-kit';

/**
 * The rights that the installed dispositifs add to the roles.
 * @throws DeclarationsIncompatibles when one gives what is not its own to give
 */
export function droitsDesDispositifs(dispositifs: readonly Dispositif[]): readonly DroitDispositif[] {
  const droits = dispositifs.flatMap(({ code, droits: declares = [] }) =>
    declares.map((droit) => ({ dispositif: code, ...droit })),
  );
  const fautes = fautesDesDroitsDispositifs(droits);
  if (fautes.length > 0) throw new DeclarationsIncompatibles(fautes);
  return droits;
}
