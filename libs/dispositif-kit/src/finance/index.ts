export { additionner, arrondir, enChiffre, eurosExacts, nombreEnFrancais, type Chiffre } from './chiffre.js';
export {
  planDeFinancement,
  type FamilleDepense,
  type LigneDatee,
  type LigneDepense,
  type LigneEncourue,
  type LigneSurDevis,
  type NatureDe,
  type NatureDepense,
  type NatureDerogatoire,
  type NatureEligible,
  type Natures,
  type PlanDeFinancement,
} from './plan-de-financement.js';
export {
  parametreBorneDuPrevu,
  retenirDepenses,
  sommeRetenue,
  type BorneDuPrevu,
  type DepensesRetenues,
} from './depenses-retenues.js';
export {
  forfaitIndirect,
  parametreAssietteDesCharges,
  plafonnerCharges,
  type AssietteDesCharges,
} from './charges-indirectes.js';
export {
  parametreProrataDuPlafond,
  plafondConventionne,
  plafondParUnite,
  plafondSiDecide,
  plafonner,
  type ProrataDuPlafond,
} from './plafonds.js';
export {
  anneeDuPlafond,
  enToutesLettres,
  exerciceDe,
  parametreAnneeDuPlafond,
  resteAnnuel,
  type AnneeDuPlafond,
  type DeclarationPlafondAnnuel,
} from './plafond-annuel.js';
export { demandeCouverteAuForfait, depensesAuForfait, forfaitRespecte, naturesAuForfait } from './au-forfait.js';
export {
  champFileActive,
  fileActiveComplete,
  fileActiveMoyenne,
  fileActivePossible,
  quantiteFileActive,
  type MoisDeFileActive,
} from './file-active.js';
export { parametreEffetDesObjectifs, selonLObjectif, type EffetDesObjectifs } from './objectifs.js';
export { moisDeLaConvention } from './mois.js';
export { moyenneDesTermes } from './termes-en-vigueur.js';
export { parametreBareme, partager, type Bareme, type Part } from './parts.js';
export {
  montantDesMesures,
  parametreProrataDesMesures,
  type Mesure,
  type ProrataDesMesures,
  type ReglesDesMesures,
} from './mesures.js';
export { lignesDeMesures, mesuresCoherentes } from './champs-mesures.js';
export {
  demandeCouverte,
  demandeSousLEnveloppe,
  objectifDepartemental,
  plafondDeLEnveloppe,
  utiliseCouvert,
  utiliseEtRestant,
} from './enveloppe-partagee.js';
export {
  budgetAdopte,
  champBudgetAdopte,
  dansLOperation,
  pasPlusQueDemande,
  uneLigneParTerritoire,
} from './controles.js';
