/** The same object, which notes the name of each method that is called. */
export const recording = <Methods extends object>(methods: Methods, called: string[]): Methods =>
  new Proxy(methods, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return (...given: unknown[]) => {
        called.push(String(name))
        return member.apply(target, given)
      }
    },
  })
