/**
 * The nine missions locales of the Pas-de-Calais (regles.md, 0.3), one for each territory in the annex (ML-R01 says not to
 * rely on it: hence a list, not a rule). The source gives no SIRET and near-homonyms (ML-01 and ML-07): the administrator
 * completes each SIRET, which then identifies the structure. `cle` only makes seeding repeatable.
 */
export const MISSIONS_LOCALES_62: readonly { cle: string; raisonSociale: string; territoire: string }[] = [
  { cle: 'ML-01', raisonSociale: 'Maison de l’Emploi et des Métiers en Pays d’Artois', territoire: 'ARRAGEOIS' },
  { cle: 'ML-02', raisonSociale: 'Mission Locale de l’Artois', territoire: 'ARTOIS' },
  {
    cle: 'ML-03',
    raisonSociale: 'Maison de l’Insertion Professionnelle et de l’Emploi du Pays de Saint-Omer (MIPE)',
    territoire: 'AUDOMAROIS',
  },
  { cle: 'ML-04', raisonSociale: 'AMIE du Boulonnais (ML)', territoire: 'BOULONNAIS' },
  { cle: 'ML-05', raisonSociale: 'La Fabrique Défi', territoire: 'CALAISIS' },
  { cle: 'ML-06', raisonSociale: 'Mission Locale de l’Agglomération d’Hénin Carvin', territoire: 'HENIN_CARVIN' },
  { cle: 'ML-07', raisonSociale: 'Maison de l’Emploi et des Métiers (MEI)', territoire: 'LENS_LIEVIN' },
  { cle: 'ML-08', raisonSociale: 'Mission Locale de Montreuil - Côte d’Opale', territoire: 'MONTREUILLOIS' },
  { cle: 'ML-09', raisonSociale: 'ADEFI - Mission Locale', territoire: 'TERNOIS' },
];
