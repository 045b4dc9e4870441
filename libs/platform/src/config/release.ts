/** Version of the service, as its package says it. Printed on a report's integrity page. */
export const release = '0.2.0';
