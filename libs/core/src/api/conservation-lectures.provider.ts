/** How long the readings of nominative data are kept, in months: injected as `@Inject(CONSERVATION_LECTURES) mois: number`. */
export const CONSERVATION_LECTURES = Symbol('ConservationLectures');
