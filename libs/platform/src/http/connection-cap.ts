import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { AuthorizedRequest } from './access.ts';

interface Connection {
  /** The last one that came over it. */
  request: (IncomingMessage & Pick<AuthorizedRequest, 'access'>) | null;
  /** Organization, or else the caller, of the last request whose key was good; null: nobody that we know has used it. */
  user: string | null;
}

/**
 * Holds no more connections than `most`. For one more, the oldest goes that nobody with a good key has used: who opens many
 * and sends nothing keeps nobody out. Are there none, an idle one of whoever has most of them goes, or else a busy one.
 */
export function capConnections(server: Server, most: number): void {
  const open = new Map<Socket, Connection>();
  server.on('connection', (socket: Socket) => {
    const leaving = open.size >= most ? leastMissed(open) : undefined;
    if (leaving) {
      open.delete(leaving);
      leaving.destroy();
    }
    open.set(socket, { request: null, user: null });
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', (request: IncomingMessage) => {
    const connection = open.get(request.socket);
    if (!connection) return;
    connection.user = userOf(connection);
    connection.request = request;
  });
}

/** In the order in which they were opened. */
function leastMissed(open: ReadonlyMap<Socket, Connection>): Socket | undefined {
  const users = new Map<string, number>();
  for (const [socket, connection] of open) {
    const user = userOf(connection);
    if (user === null) return socket;
    users.set(user, (users.get(user) ?? 0) + 1);
  }
  const [greediest] = [...users].sort(([, one], [, other]) => other - one)[0] ?? [];
  const theirs = [...open].filter(([, connection]) => userOf(connection) === greediest);
  const [idle] = theirs.find(([, { request }]) => request?.complete === true) ?? theirs[0] ?? [];
  return idle;
}

function userOf({ request, user }: Connection): string | null {
  const access = request?.access;
  return access ? (access.organization?.organizationId ?? access.caller.id) : user;
}
