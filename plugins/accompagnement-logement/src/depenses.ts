import {
  additionner,
  type Chiffre,
  type LigneDepense,
  type ParametresResolus,
  plafonnerCharges,
  retenirDepenses,
  sommeRetenue,
} from '@sillage/dispositif-kit';
import type { Montant } from '@sillage/kernel';
import { plan } from './champs.js';
import type { parametres as declares } from './parametres.js';

/** What is retained of the expenses: personnel, and other charges up to a quarter of the whole (ASGL-FIN-04, AMB-088). */
export function depensesRetenues(saisie: {
  prevues: readonly LigneDepense[];
  encourues: readonly LigneDepense[];
  conventionne: Montant;
  parametres: ParametresResolus<typeof declares>;
}): Chiffre {
  const { prevues, encourues, conventionne, parametres } = saisie;
  const regle = 'ASGL-FIN-04';
  const retenues = retenirDepenses({ plan, prevues, encourues, borne: parametres.borneDuPrevu, regle });
  const personnel = sommeRetenue(retenues, 'Personnel retenu', ['PERSONNEL']);
  const autres = sommeRetenue(retenues, 'Charges directes hors personnel et indirectes', [
    'FONCTIONNEMENT',
    'INDIRECT',
  ]);
  const { tauxCharges: taux, assietteCharges: assiette } = parametres;
  return additionner({ libelle: 'Dépenses retenues', regle, formule: 'personnel + charges plafonnées' }, [
    personnel,
    plafonnerCharges({ personnel, autres, taux, assiette, conventionne, regle }),
  ]);
}
