import 'react'

declare module 'react' {
  interface InputHTMLAttributes<T> {
    /** Lets a file input take a folder; every browser has it, React's types do not. */
    webkitdirectory?: '' | undefined
  }
}
